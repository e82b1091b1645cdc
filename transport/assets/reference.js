// The reference beside the explorer, read from the schema by introspection.

const INTROSPECTION = `query {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { kind name description enumValues { name description } possibleTypes { name } interfaces { name }
      inputFields { ...value } fields { name description args { ...value } type { ...type } } }
  }
}
fragment value on __InputValue { name description defaultValue type { ...type } }
fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

const MOST_FOUND = 40;

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content.filter((each) => each !== null && each !== undefined));
  return made;
}

export class Reference {
  #place;
  #words;
  #types = new Map();
  #roots = [];

  constructor(place, words) {
    this.#place = place;
    this.#words = words;
  }

  async load(post) {
    const { answer } = await post(INTROSPECTION);
    const schema = answer.data.__schema;
    for (const type of schema.types) if (!type.name.startsWith("__")) this.#types.set(type.name, type);
    this.#roots = [schema.queryType, schema.mutationType, schema.subscriptionType].filter(Boolean).map((each) => each.name);
    this.#showRoots();
  }

  search(written) {
    const wanted = written.trim().toLowerCase();
    if (!wanted) return this.#showRoots();
    const found = [...this.#matches(wanted)].slice(0, MOST_FOUND);
    this.#place.replaceChildren(found.length ? element("ul", ...found) : element("p", this.#words.nothing));
  }

  *#matches(wanted) {
    for (const type of this.#types.values()) {
      if (type.name.toLowerCase().includes(wanted)) yield element("li", this.#link(type.name), this.#note(type));
    }
    for (const type of this.#types.values()) {
      for (const field of type.fields ?? []) {
        if (field.name.toLowerCase().includes(wanted)) yield element("li", this.#link(type.name), ".", element("code", field.name), this.#note(field));
      }
    }
  }

  #showRoots() {
    this.#place.replaceChildren(...this.#roots.flatMap((name) => this.#described(this.#types.get(name))));
  }

  #show(name) {
    const back = element("p", ...this.#roots.flatMap((root) => [this.#link(root), " "]));
    this.#place.replaceChildren(back, ...this.#described(this.#types.get(name)));
    this.#place.scrollTop = 0;
  }

  #described(type) {
    const members = [
      ...(type.fields ?? []).map((field) => this.#field(field)),
      ...(type.inputFields ?? []).map((field) => this.#field(field)),
      ...(type.enumValues ?? []).map((value) => element("li", element("code", value.name), this.#note(value))),
      ...(type.possibleTypes ?? []).map((each) => element("li", this.#link(each.name))),
    ];
    return [element("h3", type.name), this.#note(type), element("ul", ...members)].filter(Boolean);
  }

  #field(field) {
    const item = element("li", element("code", field.name), ": ", this.#typed(field.type), this.#note(field));
    const taken = (field.args ?? []).map((argument) => this.#field(argument));
    if (taken.length) item.append(element("details", element("summary", this.#words.arguments), element("ul", ...taken)));
    return item;
  }

  #typed(type) {
    if (type.kind === "NON_NULL") return element("span", this.#typed(type.ofType), "!");
    if (type.kind === "LIST") return element("span", "[", this.#typed(type.ofType), "]");
    return this.#link(type.name);
  }

  #link(name) {
    const link = element("button", name);
    link.type = "button";
    link.addEventListener("click", () => this.#show(name));
    return link;
  }

  #note(described) {
    return described.description ? element("p", described.description) : null;
  }
}
