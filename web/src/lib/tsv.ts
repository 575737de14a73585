/** What Excel and WPS put on the clipboard: rows by line feed, cells by tab, a cell with either in it in double quotes. */

export function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let fresh = true; // at the start of a cell, where a quote opens
  const s = text.replace(/\r\n?/g, "\n");
  for (let i = 0; i < s.length; i++) {
    const c = s[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (s[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && fresh) {
      quoted = true;
      fresh = false;
    } else if (c === "\t" || c === "\n") {
      row.push(cell);
      cell = "";
      fresh = true;
      if (c === "\n") {
        rows.push(row);
        row = [];
      }
    } else {
      cell += c;
      fresh = false;
    }
  }
  if (cell !== "" || row.length > 0 || quoted) rows.push([...row, cell]);
  return rows;
}

/** format writes rows for the clipboard; parse gives the same rows back. */
export const format = (rows: string[][]): string =>
  rows.map((r) => `${r.map((c) => (/[\t\n\r"]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join("\t")}\n`).join("");

/** csv writes rows as a file that Excel opens in Chinese: a byte order mark, and formulas kept as text. */
export function csv(rows: string[][]): string {
  const safe = (c: string) => (/^[=+@]/.test(c) || /^-(?![\d.]+$)/.test(c) ? `'${c}` : c);
  return `\uFEFF${rows.map((r) => r.map((c) => `"${safe(c).replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
}
