import { expect, test } from "vitest";
import { fill } from ".";
import { en } from "./en";
import { zh } from "./zh";

const holes = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test("both languages say the same things", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const [key, text] of Object.entries(zh)) {
    expect(en[key as keyof typeof en].trim(), key).not.toBe("");
    expect(holes(en[key as keyof typeof en]), key).toEqual(holes(text));
  }
});

test("English holds no Chinese, but for the name of the language", () => {
  for (const [key, text] of Object.entries(en)) if (key !== "lang.other") expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
});

test("fill leaves an unknown hole visible", () => {
  expect(fill("共 {n} 家，{m}", { n: 3 })).toBe("共 3 家，{m}");
});
