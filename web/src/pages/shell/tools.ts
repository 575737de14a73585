import { api } from "../../api/client";
import type { Option } from "../../api/types";
import type { FormTools } from "../../parts/SchemaForm";

/** lookup finds what a field may point to: an enterprise, a register's row, a ledger's record. */
async function lookup(to: string, q: string): Promise<Option[]> {
  if (to === "credit_code" || to === "register:enterprise" || to === "enterprise") {
    const { rows } = await api.enterprises({ q, size: 20 });
    return rows.map((e) => ({ code: e.code, name: e.name }));
  }
  const [room = "", type = ""] = to.split(":");
  const rows = room === "ledger" ? (await api.ledger(type, { q, size: 20 })).rows : (await api.register(type || room)).rows;
  const has = (s: string) => s.toLowerCase().includes(q.toLowerCase());
  return rows
    .filter((r) => has(r.title) || has(r.id))
    .slice(0, 50)
    .map((r) => ({ code: r.id, name: r.number ? `${r.number} ${r.title}` : r.title }));
}

export const tools: FormTools = { lookup, upload: api.upload, href: (digest) => api.file(digest) };
