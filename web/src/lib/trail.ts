/** The trail of figures and facts that a drawer shows, kept in the URL so that a link opens the same thing. */

export interface FigureAt {
  code: string;
  scope: string;
  period: string;
  known: string; // "" is now
}
export type Stop = { figure: FigureAt } | { fact: string };

export function write(trail: Stop[]): string {
  return trail
    .map((s) =>
      "fact" in s ? `@${s.fact}` : [s.figure.code, s.figure.scope, s.figure.period, s.figure.known].join("~").replace(/~+$/, ""),
    )
    .join(";");
}

export function read(text: string | null): Stop[] {
  if (!text) return [];
  return text.split(";").map((part): Stop => {
    if (part.startsWith("@")) return { fact: part.slice(1) };
    const [code = "", scope = "", period = "", known = ""] = part.split("~");
    return { figure: { code, scope, period, known } };
  });
}

/** knownAt carries a moment into every figure of a trail. */
export const knownAt = (trail: Stop[], known: string): Stop[] =>
  trail.map((s) => ("figure" in s ? { figure: { ...s.figure, known } } : s));
