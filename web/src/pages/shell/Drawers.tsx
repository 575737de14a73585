import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { useLocation, useSearchParams } from "react-router";
import { read, type Stop, write } from "../../lib/trail";
import { type Opener, OpenerContext } from "../../parts/opener";

const LineageDrawer = lazy(() => import("../indicator/LineageDrawer"));
const RecordDrawer = lazy(() => import("../ledger/RecordDrawer"));

/** Drawers opens figures, facts and records over any page; what is open stands in the URL (trace, record). */
export function Drawers({ children }: { children: ReactNode }) {
  const [params, setParams] = useSearchParams();
  const trail = useMemo(() => read(params.get("trace")), [params]);
  // A list may name its record alone; the type then stands in the path.
  const own = /^\/ledgers\/([^/]+)/.exec(useLocation().pathname)?.[1];
  const asked = params.get("record");
  const record = asked && !asked.includes("/") && own ? `${own}/${asked}` : asked;
  const opener = useMemo<Opener>(() => {
    const put = (change: Record<string, string>) => setParams((old) => changed(old, change));
    const show = (stop: Stop) => put({ trace: write([stop]), record: "" });
    return {
      figure: (at) => show({ figure: { scope: "", period: "", known: "", ...at } }),
      fact: (ref) => show({ fact: ref }),
      record: (type, id) => put({ record: `${type}/${id}`, trace: "" }),
    };
  }, [setParams]);
  const set = (key: string, value: string) => setParams((old) => changed(old, { [key]: value }));
  const cut = record?.indexOf("/") ?? -1;
  return (
    <OpenerContext.Provider value={opener}>
      {children}
      <Suspense fallback={null}>
        {trail.length > 0 && <LineageDrawer trail={trail} onTrail={(t) => set("trace", write(t))} />}
        {record && cut > 0 && (
          <RecordDrawer type={record.slice(0, cut)} id={record.slice(cut + 1)} onClose={() => set("record", "")} />
        )}
      </Suspense>
    </OpenerContext.Provider>
  );
}

function changed(old: URLSearchParams, change: Record<string, string>): URLSearchParams {
  const next = new URLSearchParams(old);
  for (const [k, v] of Object.entries(change)) {
    if (v) next.set(k, v);
    else next.delete(k);
  }
  return next;
}
