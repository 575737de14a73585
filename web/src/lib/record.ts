import type { Field, Step, TypeDef } from "../api/types";

/** births are the steps that make a record; a step without "from" does. */
export const births = (type: TypeDef): Step[] => (type.steps ?? []).filter((s) => !s.from || s.from.length === 0);

/** columns are the fields that a list shows first: short ones, the title left out because it has its own column. */
export function columns(type: TypeDef, first = 6): { field: Field; off: boolean }[] {
  const short = type.fields.filter(
    (f) => !["note", "files"].includes(f.type) && f.code !== type.title && f.code !== type.subject,
  );
  // What must be there from the beginning says most about a record.
  const wanted = new Set([...short.filter((f) => f.need), ...short.filter((f) => !f.need)].slice(0, first));
  return short.map((field) => ({ field, off: !wanted.has(field) }));
}

/** width of a column in px, by what it holds. */
export function width(f: Field): number {
  switch (f.type) {
    case "number":
      return 120;
    case "date":
      return 110;
    case "bool":
      return 80;
    case "enum":
      return 130;
  }
  return 160;
}

/** sections groups fields as the type orders them. */
export function sections(fields: Field[]): [string, Field[]][] {
  const out = new Map<string, Field[]>();
  for (const f of fields) out.set(f.section ?? "", [...(out.get(f.section ?? "") ?? []), f]);
  return [...out.entries()];
}
