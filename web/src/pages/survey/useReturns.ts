import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { api, type SubmitBody } from "../../api/client";
import type { Fault, Item, ReturnRow } from "../../api/types";
import { queries } from "../../api/use";
import { byItem, cell } from "../../lib/check";
import { type Cells, empty, reduce } from "../../lib/sheet";
import type { Text } from "../../text";

const wait = 1500; // ms of rest before a draft is saved

/** useReturns holds what is typed into the returns of one form and period: cells, faults, and drafts saved all the time. */
export function useReturns(form: string, period: string, rows: ReturnRow[] | undefined, items: Item[], t: Text["t"]) {
  const [sheet, act] = useReducer(reduce, empty);
  const [said, setSaid] = useState<Record<string, Fault[]>>({});
  const [drafted, setDrafted] = useState<Record<string, true>>({});
  const [saving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState("");
  const [error, setError] = useState("");
  const versions = useRef<Record<string, number>>({});

  useEffect(() => {
    if (!rows) return;
    versions.current = Object.fromEntries(rows.map((r) => [r.enterprise, r.version]));
    act({ do: "load", cells: Object.fromEntries(rows.map((r) => [r.enterprise, r.cells ?? {}])) });
    setSaid(Object.fromEntries(rows.map((r) => [r.enterprise, r.faults ?? []])));
  }, [rows]);

  const known = useMemo(() => new Map(items.map((i) => [i.code, i])), [items]);
  /** good is what may be sent of a row: stated cells that are what they should be. */
  const good = useCallback(
    (cells: Record<string, string> = {}) =>
      Object.fromEntries(
        Object.entries(cells).filter(([code, v]) => {
          const item = known.get(code);
          return v !== "" && item && !cell(item, v);
        }),
      ),
    [known],
  );

  const touched = Object.keys(sheet.touched).join();
  const cells = useRef<Cells>(sheet.cells);
  cells.current = sheet.cells;
  const save = useCallback(async () => {
    const names = touched ? touched.split(",") : [];
    if (names.length === 0) return;
    const of = cells.current;
    setSaving(true);
    try {
      for (const e of names) {
        const r = await api.saveDraft(form, period, e, { cells: good(of[e]), based_on: versions.current[e] ?? 0 });
        setSaid((s) => ({ ...s, [e]: r.faults ?? [] }));
        setDrafted((d) => ({ ...d, [e]: true }));
        setSavedAt(r.saved_at);
        act({ do: "saved", rows: [e], of });
      }
      setError("");
    } catch (e) {
      setError((e as Error).message);
    } finally {
      setSaving(false);
    }
  }, [touched, form, period, good]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of a cell starts the wait anew
  useEffect(() => {
    if (!touched) return;
    const timer = setTimeout(save, wait);
    return () => clearTimeout(timer);
  }, [sheet.cells, touched, save]);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => touched && e.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [touched]);

  /** faults are the server's, and what the browser sees by itself. */
  const faults = useMemo(() => {
    const out: Record<string, Fault[]> = {};
    for (const [e, row] of Object.entries(sheet.cells)) {
      const own = items.flatMap((i): Fault[] => {
        const spot = cell(i, row[i.code] ?? "");
        return spot
          ? [
              {
                code: "",
                level: "hard",
                items: [i.code],
                message: `${i.name}：${t(`wrong.${spot.wrong}`, { limit: spot.limit ?? "" })}`,
              },
            ]
          : [];
      });
      const all = [...own, ...(said[e] ?? [])];
      if (all.length) out[e] = all;
    }
    return out;
  }, [sheet.cells, said, items, t]);
  const marks = useMemo(() => Object.fromEntries(Object.entries(faults).map(([e, f]) => [e, byItem(f)])), [faults]);

  const again = () =>
    Promise.all(["formPeriod", "returnHistory", "desk"].map((k) => queries.invalidateQueries({ queryKey: [k] })));
  const submit = async (e: string, extra: Partial<SubmitBody> = {}) => {
    const of = cells.current;
    const r = await api.submitReturn(form, period, e, { ...extra, cells: good(of[e]), based_on: versions.current[e] ?? 0 });
    act({ do: "saved", rows: [e], of });
    setDrafted((d) =>
      Object.fromEntries(
        Object.keys(d)
          .filter((k) => k !== e)
          .map((k) => [k, true as const]),
      ),
    );
    setSaid((s) => ({ ...s, [e]: r.faults ?? [] }));
    return r;
  };
  return { sheet, act, faults, marks, drafted, saving, savedAt, error, save, submit, again };
}
export type Returns = ReturnType<typeof useReturns>;
