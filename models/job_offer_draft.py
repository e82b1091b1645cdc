"""What an employer writes in a job offer, and whether it can be kept."""

from dataclasses import dataclass, fields, replace

from models import occupation, region, skill
from models.candidacy_draft import HIGHEST_SALARY, check_languages
from models.checks import LINE, NAME, Checks
from models.job_offer import JobOffer
from models.language import NO_TEXT, LocalizedText
from models.profile import ContractType, Education, LanguageLevel, WorkMode
from models.salary import Salary

HOURS_OF_A_WEEK = 168
OPENINGS = 1000
RECRUITS_FOR = 120


@dataclass(frozen=True)
class JobOfferDraft:
    occupation: str
    region: str
    contract_type: ContractType
    work_mode: WorkMode
    title: LocalizedText = NO_TEXT
    description: LocalizedText = NO_TEXT
    skills: tuple[str, ...] = ()
    city: str | None = None
    hours_per_week: float | None = None
    salary: Salary | None = None
    openings: int = 1
    education: Education = Education.NONE
    years_of_experience: int = 0
    languages: tuple[LanguageLevel, ...] = ()
    accepts_online_applications: bool = True
    how_to_apply: LocalizedText = NO_TEXT
    posted_by_agency: bool = False
    recruits_for: str | None = None

    def differences(self, other: "JobOfferDraft") -> list[str]:
        """The fields that are not the same in both. A salary holds the hours of its week as well, which are a field of their
        own."""
        pay = other.salary and replace(other.salary, hours_per_week=self.hours_per_week)
        same_week = replace(self, salary=self.salary and replace(self.salary, hours_per_week=self.hours_per_week))
        other = replace(other, salary=pay)
        return [each.name for each in fields(self) if getattr(same_week, each.name) != getattr(other, each.name)]

    def check(self) -> None:
        """Raises Invalid, with every field at fault."""
        checks = Checks()
        checks.text("title", self.title, LINE)
        checks.text("description", self.description)
        checks.text("howToApply", self.how_to_apply, 1000)
        checks.line("recruitsFor", self.recruits_for, RECRUITS_FOR)
        checks.codes("occupation", [self.occupation], occupation.is_known)
        checks.codes("skills", self.skills, skill.is_known)
        checks.codes("region", [self.region], region.is_known)
        checks.line("city", self.city, NAME)
        checks.number("hoursPerWeek", self.hours_per_week, 0.5, HOURS_OF_A_WEEK)
        checks.number("openings", self.openings, 1, OPENINGS)
        checks.number("yearsOfExperience", self.years_of_experience, 0, 60)
        check_languages(checks, "languages", self.languages)
        self._check_salary(checks)
        checks.done()

    def _check_salary(self, checks: Checks) -> None:
        if self.salary is not None:
            highest = int(HIGHEST_SALARY / replace(self.salary, hours_per_week=self.hours_per_week).periods_of_a_year)
            checks.number("salary.minimum", self.salary.minimum, 0, highest)
            checks.number("salary.maximum", self.salary.maximum, 0, highest)
            checks.require("salary.maximum", self.salary.maximum >= self.salary.minimum, "BELOW_MINIMUM")

    @classmethod
    def of(cls, row: JobOffer) -> "JobOfferDraft":
        return cls(
            occupation=row.occupation,
            region=row.region,
            contract_type=row.contract_type,
            work_mode=row.work_mode,
            title=row.title,
            description=row.description,
            skills=tuple(row.skills),
            city=row.city,
            hours_per_week=row.hours_per_week,
            salary=row.salary,
            openings=row.openings,
            education=row.education,
            years_of_experience=row.years_of_experience,
            languages=tuple(map(LanguageLevel.parse, row.languages)),
            accepts_online_applications=row.accepts_online_applications,
            how_to_apply=row.how_to_apply,
            posted_by_agency=row.posted_by_agency,
            recruits_for=row.recruits_for,
        )

    def write_to(self, row: JobOffer) -> None:
        row.title, row.description, row.how_to_apply = self.title, self.description, self.how_to_apply
        row.occupation, row.region, row.city = self.occupation, self.region, self.city
        row.skills = list(dict.fromkeys(self.skills))
        row.contract_type, row.work_mode, row.hours_per_week = self.contract_type, self.work_mode, self.hours_per_week
        row.salary_minimum = self.salary.minimum if self.salary else None
        row.salary_maximum = self.salary.maximum if self.salary else None
        row.salary_period = self.salary.period if self.salary else None
        row.openings, row.education, row.years_of_experience = self.openings, self.education, self.years_of_experience
        row.languages = [str(level) for level in self.languages]
        row.accepts_online_applications = self.accepts_online_applications
        row.posted_by_agency, row.recruits_for = self.posted_by_agency, self.recruits_for

    def announces_as(self, earlier: "JobOfferDraft") -> bool:
        """Whether criteria see the two alike, whatever became of how to apply, for how many openings, and for whom."""
        unread = ("how_to_apply", "openings", "posted_by_agency", "recruits_for")
        return replace(self, **{name: getattr(earlier, name) for name in unread}) == earlier
