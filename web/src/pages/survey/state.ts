import type { ReturnRow } from "../../api/types";

const tones: Record<string, string> = {
  missing: "stop",
  draft: "wait",
  submitted: "work",
  returned: "stop",
  accepted: "done",
  locked: "done",
};
export const stateTone = (state: string): string | undefined => tones[state];

/** open says whether a return may be typed into without first saying that it is to be corrected. */
export const isOpen = (r: Pick<ReturnRow, "state">) => r.state === "missing" || r.state === "draft" || r.state === "returned";

/** owing is who still has to hand in: missing, in draft, or sent back. */
export const owing = (rows: ReturnRow[]) => rows.filter(isOpen);

export const views = ["entry", "review", "late"] as const;
export type View = (typeof views)[number];

export interface Filter {
  q: string;
  region: string;
  park: string;
  state: string;
}

/** pick is the rows that a view and a filter leave. */
export function pick(rows: ReturnRow[], view: View, f: Filter): ReturnRow[] {
  const q = f.q.trim().toLowerCase();
  return rows.filter(
    (r) =>
      (view !== "review" || r.state === "submitted") &&
      (view !== "late" || isOpen(r)) &&
      (!f.state || r.state === f.state) &&
      (!f.region || r.region === f.region) &&
      (!f.park || r.park === f.park) &&
      (!q || r.name.toLowerCase().includes(q) || r.enterprise.toLowerCase().includes(q)),
  );
}
