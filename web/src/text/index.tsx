import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { en } from "./en";
import { type Key, zh } from "./zh";

export type Lang = "zh" | "en";
export type { Key };
const texts = { zh, en };

export interface Text {
  lang: Lang;
  setLang: (l: Lang) => void;
  t: (key: Key, vars?: Record<string, string | number>) => string;
  /** name is the label of a thing that the API named, in the language of the page. */
  name: (x: { name: string; en?: string } | undefined) => string;
}

export function fill(text: string, vars: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (all, k: string) => String(vars[k] ?? all));
}

const make = (lang: Lang, setLang: (l: Lang) => void): Text => ({
  lang,
  setLang,
  t: (key, vars) => fill(texts[lang][key] ?? "", vars),
  name: (x) => (lang === "en" && x?.en) || x?.name || "",
});

const Context = createContext<Text>(make("zh", () => {}));
export const useText = () => useContext(Context);

export function TextProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(() => (localStorage.getItem("gongmai.lang") === "en" ? "en" : "zh"));
  useEffect(() => {
    localStorage.setItem("gongmai.lang", lang);
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  }, [lang]);
  const value = useMemo(() => make(lang, setLang), [lang]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
