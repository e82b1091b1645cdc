"""The project's own files, for the tests that read them. Never what was installed, built or cached beside them."""

from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

NOT_OURS = {"build", "dist", "var", "__pycache__"}
OUTSIDE_THE_PRODUCT = {"benchmarks", "tests"}


def files(root: Path = PROJECT) -> Iterator[Path]:
    """Every file that belongs to the project, hidden ones only where they are part of it (`.ci`, `.gitignore`)."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and _is_ours(path):
            yield from files(path)
        elif path.is_file():
            yield path


def modules(root: Path = PROJECT) -> dict[str, Path]:
    """Every Python module by its dotted name; a package has the name of its folder."""
    return {_dotted(path.relative_to(root)): path for path in files(root) if path.suffix == ".py"}


def product_modules(root: Path = PROJECT) -> dict[str, Path]:
    """The modules that are shipped."""
    return {name: path for name, path in modules(root).items() if name.partition(".")[0] not in OUTSIDE_THE_PRODUCT}


def _is_ours(folder: Path) -> bool:
    hidden = folder.name.startswith(".") and folder.name != ".ci"
    return not hidden and folder.name not in NOT_OURS and not folder.name.endswith(".egg-info")


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
