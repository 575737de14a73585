import type { Fault, Field, Item } from "../api/types";
import { read } from "./number";

/** What the browser can see by itself; the server checks everything again. Keys are of the message file. */
export type Wrong = "need" | "number" | "scale" | "min" | "max" | "least" | "code" | "negative";
export interface Spot {
  wrong: Wrong;
  limit?: string | number;
}

/** cell looks at one cell of a form. An empty cell is not stated, which only the submit may object to. */
export function cell(item: Item, value: string): Spot | undefined {
  if (value === "" || (item.type && item.type !== "number")) return undefined;
  const n = read(value);
  if (n === undefined || n === "") return { wrong: "number" };
  if (!item.negative && n.startsWith("-")) return { wrong: "negative" };
  if (fraction(n) > item.scale) return { wrong: "scale", limit: item.scale };
  return undefined;
}

/** field looks at one field of a record; need says whether the step asks for it. */
export function field(f: Field, value: unknown, need = f.need): Spot | undefined {
  const blank = value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (blank) return need ? { wrong: "need" } : undefined;
  if (Array.isArray(value)) return f.min && value.length < Number(f.min) ? { wrong: "least", limit: f.min } : undefined;
  if (f.type === "number") {
    const n = read(String(value));
    if (n === undefined || n === "") return { wrong: "number" };
    if (f.scale !== undefined && fraction(n) > f.scale) return { wrong: "scale", limit: f.scale };
    if (f.min && Number(n) < Number(f.min)) return { wrong: "min", limit: f.min };
    if (f.max && Number(n) > Number(f.max)) return { wrong: "max", limit: f.max };
  }
  if (f.type === "credit_code" && !creditCode(String(value))) return { wrong: "code" };
  return undefined;
}

const fraction = (n: string) => n.split(".")[1]?.replace(/0+$/, "").length ?? 0;

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** creditCode checks the check character of a 统一社会信用代码 (GB 32100-2015). */
export function creditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = weights.reduce((s, w, i) => s + w * alphabet.indexOf(code[i] ?? ""), 0);
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}

/** byItem spreads faults over the cells they speak of; a hard one wins over a question. */
export function byItem(faults: Fault[]): Record<string, Fault> {
  const out: Record<string, Fault> = {};
  for (const f of faults) for (const item of f.items ?? []) if (out[item]?.level !== "hard") out[item] = f;
  return out;
}
