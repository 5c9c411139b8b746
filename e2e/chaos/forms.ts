/** A form of a page as a browser without script would send it. */
export type Form = { action: string; fields: [string, string][] };

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[name] ?? whole;
  });

/** Attributes of one tag; without a value they are "". */
function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", value] of tag.matchAll(/\s([\w:$-]+)(?:="([^"]*)")?/g))
    found.set(name.toLowerCase(), decoded(value ?? ""));
  return found;
}

/**
 * The form that has a field; `value`: has it with that value; `says`: and these words, as on its button. Null when the page
 * has none.
 */
export function formWith(
  page: string,
  field: string,
  { value, says }: { value?: string; says?: string } = {},
): Form | null {
  for (const [, head = "", body = ""] of page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    if (says && !body.includes(says)) continue;
    const fields = fieldsOf(body);
    if (!fields.some(([name, has]) => name === field && (value === undefined || has === value)))
      continue;
    return { action: attributesOf(head).get("action") ?? "", fields };
  }
  return null;
}

function fieldsOf(body: string): [string, string][] {
  const fields: [string, string][] = [];
  const tags =
    /<input([^>]*)>|<textarea([^>]*)>([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g;
  for (const [, input, area, text = "", select, options = ""] of body.matchAll(tags)) {
    const attributes = attributesOf(input ?? area ?? select ?? "");
    const name = attributes.get("name");
    if (!name || attributes.has("disabled")) continue;
    if (area !== undefined) fields.push([name, decoded(text.replace(/^\n/, ""))]);
    else if (select !== undefined) fields.push([name, chosenOf(options)]);
    else if (!/^(radio|checkbox)$/.test(attributes.get("type") ?? "") || attributes.has("checked"))
      fields.push([name, attributes.get("value") ?? ""]);
  }
  return fields;
}

function chosenOf(options: string): string {
  const all = [...options.matchAll(/<option([^>]*)>/g)].map(([, tag = ""]) => attributesOf(tag));
  const chosen = all.find((option) => option.has("selected")) ?? all[0];
  return chosen?.get("value") ?? "";
}

/** The same form with other answers. */
export function filled(form: Form, answers: Record<string, string>): Form {
  const kept = form.fields.filter(([name]) => !(name in answers));
  return { ...form, fields: [...kept, ...Object.entries(answers)] };
}
