import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useSearchParams } from "react-router";

/** useFilters keeps what a list shows in the URL; an empty value leaves it. Changing a filter goes back to page 1. */
export function useFilters<K extends string>(...keys: K[]): [Record<K, string>, (change: Partial<Record<K, string>>) => void] {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(keys.map((k) => [k, params.get(k) ?? ""])) as Record<K, string>;
  const change = useCallback(
    (c: Partial<Record<K, string>>) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (!("page" in c)) next.delete("page");
          for (const [k, v] of Object.entries(c) as [string, string | undefined][]) {
            if (v) next.set(k, v);
            else next.delete(k);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [values, change];
}

/** useHeight is the height of a box in px, so that a table can scroll inside it. */
export function useHeight(box: RefObject<HTMLElement | null>): number {
  const [height, set] = useState(0);
  useLayoutEffect(() => {
    const b = box.current;
    if (!b) return;
    const watch = new ResizeObserver(() => set(b.clientHeight));
    watch.observe(b);
    set(b.clientHeight);
    return () => watch.disconnect();
  }, [box]);
  return height;
}

/** useLater gives a value after it has been still for ms, so that typing does not ask at every key. */
export function useLater<T>(value: T, ms = 250): T {
  const [later, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}

/** usePrinting is true while the page is laid out for paper: then everything is drawn, at once. */
export function usePrinting(): boolean {
  const [on, set] = useState(false);
  useEffect(() => {
    const query = window.matchMedia("print");
    const turn = (to: boolean) => flushSync(() => set(to));
    const before = () => turn(true);
    const after = () => turn(false);
    const change = () => turn(query.matches);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    query.addEventListener?.("change", change);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
      query.removeEventListener?.("change", change);
    };
  }, []);
  return on;
}

/** save hands a made file to the browser. */
export function save(name: string, text: string, type = "text/csv;charset=utf-8") {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([text], { type }));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

/** copy puts text on the clipboard, also over plain HTTP, where the clipboard object does not exist. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
