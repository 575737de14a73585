/** Periods are written 2025, 2025H1, 2025Q3, 2025-11 (that month) or 2025-01..11 (cumulative); days are Beijing dates. */

export type Lang = "zh" | "en";
export interface Span {
  year: number;
  from: number;
  to: number;
}

export function parse(period: string): Span | undefined {
  const m = /^(\d{4})(?:H([12])|Q([1-4])|-(\d\d)(?:\.\.(\d\d))?)?$/.exec(period);
  if (!m) return undefined;
  const year = Number(m[1]);
  if (m[2]) return { year, from: Number(m[2]) * 6 - 5, to: Number(m[2]) * 6 };
  if (m[3]) return { year, from: Number(m[3]) * 3 - 2, to: Number(m[3]) * 3 };
  if (!m[4]) return { year, from: 1, to: 12 };
  const from = Number(m[4]);
  const to = m[5] ? Number(m[5]) : from;
  return from >= 1 && to <= 12 && from <= to ? { year, from, to } : undefined;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const quarters = ["一", "二", "三", "四"];

/** say writes a period as people say it: 2025年1—11月, 2025年三季度. What is not a period is given back. */
export function say(period: string, lang: Lang = "zh"): string {
  const s = parse(period);
  if (!s) return period;
  const half = /H([12])$/.exec(period);
  const quarter = /Q([1-4])$/.exec(period);
  if (lang === "en") {
    if (half || quarter) return `${period.slice(4)} ${s.year}`;
    if (s.from === 1 && s.to === 12) return String(s.year);
    const from = months[s.from - 1];
    return s.from === s.to ? `${from} ${s.year}` : `${from}–${months[s.to - 1]} ${s.year}`;
  }
  if (half) return `${s.year}年${half[1] === "1" ? "上" : "下"}半年`;
  if (quarter) return `${s.year}年${quarters[Number(quarter[1]) - 1]}季度`;
  if (s.from === 1 && s.to === 12) return `${s.year}年`;
  return s.from === s.to ? `${s.year}年${s.from}月` : `${s.year}年${s.from}—${s.to}月`;
}

/** short is the label of an axis: 11月, 1—11月, 2025. */
export function short(period: string, lang: Lang = "zh"): string {
  const s = parse(period);
  if (!s || (s.from === 1 && s.to === 12)) return period;
  return say(period, lang)
    .replace(/^\d{4}年/, "")
    .replace(/ \d{4}$/, "");
}

/** shift moves a period by whole years. */
export const shift = (period: string, years: number): string =>
  parse(period) ? String(Number(period.slice(0, 4)) + years) + period.slice(4) : period;

/** choices are the spans of a year that figures are asked for, the longest known first. */
export function choices(year: number, last = 12): string[] {
  const two = (n: number) => String(n).padStart(2, "0");
  const spans = Array.from({ length: last }, (_, i) => last - i);
  return [
    ...(last === 12 ? [String(year)] : []),
    ...spans.filter((n) => n > 1 && n < 12).map((n) => `${year}-01..${two(n)}`),
    ...spans.map((n) => `${year}-${two(n)}`),
  ];
}

/** clock writes an instant in Beijing time, 2025-11-22 14:05, wherever the browser stands. */
export function clock(instant: string, seconds = false): string {
  const t = Date.parse(instant);
  if (Number.isNaN(t)) return instant;
  const iso = new Date(t + 8 * 3600_000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, seconds ? 19 : 16)}`;
}

/** instant is the UTC instant of a Beijing wall clock written 2025-11-22 14:05:00. */
export const instant = (wall: string): string => new Date(`${wall.replace(" ", "T")}+08:00`).toISOString().replace(".000Z", "Z");
