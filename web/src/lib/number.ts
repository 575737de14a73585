/** Numbers arrive as decimal strings and stay strings: no float touches a reported figure. */

const shape = /^([+\-−]?)(\d+)(?:\.(\d+))?$/;

/** group writes a decimal with thousands separators; digits, when given, pads the fraction with zeros and never cuts it. */
export function group(value: string, digits = 0): string {
  const m = shape.exec(value.trim());
  if (!m) return value;
  const whole = (m[2] ?? "").replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = (m[3] ?? "").padEnd(digits, "0");
  const sign = m[1] === "-" || m[1] === "−" ? "−" : "";
  return sign + whole + (fraction ? `.${fraction}` : "");
}

/** apart splits a finished text such as 12.34亿元 or 增长8.2% into what stands before, the number and its unit. */
export function apart(text: string): { lead: string; number: string; unit: string } {
  const m = /^([^\d+\-−]*)([+\-−]?\d[\d,]*(?:\.\d+)?)(.*)$/.exec(text.trim());
  if (!m) return { lead: "", number: text, unit: "" };
  return { lead: m[1] ?? "", number: m[2] ?? "", unit: (m[3] ?? "").trim() };
}

/**
 * read takes what a person typed or pasted and gives the decimal string it means.
 * Full-width digits, separators, spaces and a leading ¥ are understood; (12) is minus twelve, as Excel shows it.
 * An empty text is "", which means "not stated" and is not zero. undefined: it is not a number.
 */
export function read(text: string): string | undefined {
  let s = text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000,，¥￥]/g, "")
    .replace(/[−—–]/g, "-");
  if (s === "" || s === "-" || s === "/") return "";
  const bracket = /^\((.+)\)$/.exec(s);
  if (bracket) s = `-${bracket[1]}`;
  const m = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(s);
  if (!m || !(m[2] || m[3])) return undefined;
  const whole = (m[2] ?? "").replace(/^0+(?=\d)/, "") || "0";
  return (m[1] === "-" ? "-" : "") + whole + (m[3] ? `.${m[3]}` : "");
}

/** order compares decimals for sorting a list; what is not a number comes last. */
export function order(a: string | undefined, b: string | undefined): number {
  const x = a ? Number(a) : Number.NaN;
  const y = b ? Number(b) : Number.NaN;
  if (Number.isNaN(x) || Number.isNaN(y)) return (Number.isNaN(x) ? 1 : 0) - (Number.isNaN(y) ? 1 : 0);
  return x - y;
}

/** points turns a history into what a chart draws; a missing value is a gap, not zero. */
export function points(history: { period: string; value: string }[]): { x: string; y: number | null }[] {
  return history.map((p) => ({ x: p.period, y: p.value === "" || Number.isNaN(Number(p.value)) ? null : Number(p.value) }));
}
