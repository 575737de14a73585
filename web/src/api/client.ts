import type * as T from "./types";

/** Problem is an answer of application/problem+json; detail is one sentence in Chinese, made to be shown. */
export class Problem extends Error {
  status: number;
  faults: T.PlaceFault[];
  id?: string;
  constructor(status: number, detail: string, faults: T.PlaceFault[] = [], id?: string) {
    super(detail);
    this.status = status;
    this.faults = faults;
    this.id = id;
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

/** url writes a path of the API; parts of a path are escaped, empty parameters left out. */
export function url(path: string, query: Query = {}): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(query)) if (v !== undefined && v !== "") q.set(k, String(v));
  const s = q.toString();
  return `/api${path}${s ? `?${s}` : ""}`;
}
const at = (strings: TemplateStringsArray, ...parts: string[]) =>
  strings.reduce((path, s, i) => path + encodeURIComponent(parts[i - 1] ?? "") + s);

async function send(method: string, to: string, body?: unknown): Promise<Response> {
  const form = body instanceof FormData;
  const init: RequestInit = { method, credentials: "same-origin" };
  if (body !== undefined) init.body = form ? body : JSON.stringify(body);
  if (body !== undefined && !form) init.headers = { "Content-Type": "application/json" };
  let answer: Response;
  try {
    answer = await fetch(to, init);
  } catch {
    throw new Problem(0, "连接不到服务器，请检查网络后重试。");
  }
  if (answer.ok) return answer;
  const p = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string; faults?: T.PlaceFault[]; id?: string };
  throw new Problem(answer.status, p.detail || p.title || `服务器答复 ${answer.status}`, p.faults ?? [], p.id);
}
async function ask<R>(method: string, to: string, body?: unknown): Promise<R> {
  const answer = await send(method, to, body);
  return (answer.status === 204 ? undefined : await answer.json()) as R;
}
const get = <R>(path: string, query?: Query) => ask<R>("GET", url(path, query));
const post = <R>(path: string, body: unknown = {}) => ask<R>("POST", url(path), body);
const upload = <R>(path: string, file: Blob) => {
  const form = new FormData();
  form.set("file", file);
  return ask<R>("POST", url(path), form);
};

const returns = (form: string, period: string, enterprise: string) => at`/forms/${form}/periods/${period}/returns/${enterprise}`;

/** api is every call of the pages, one line each. */
export const api = {
  login: (b: { login: string; password: string; otp?: string }) => post<void>("/login", b),
  logout: () => post<void>("/logout"),
  password: (b: { old: string; new: string }) => post<void>("/password", b),
  me: () => get<T.Me>("/me"),
  desk: () => get<T.Desk>("/desk"),
  search: (q: string) => get<{ hits: T.Hit[] }>("/search", { q }),

  enterprises: (q: Query) => get<{ total: number; rows: T.Enterprise[] }>("/enterprises", q),
  enterprise: (code: string) => get<T.Subject>(at`/enterprises/${code}`),
  register: (type: string) => get<{ type: T.TypeDef; rows: T.LedgerRecord[] }>(at`/registers/${type}`),
  importRegister: (file: Blob) => upload<T.Imported>("/register/enterprise/import", file),

  forms: () => get<T.FormDef[]>("/forms"),
  formPeriod: (form: string, period: string) => get<T.FormPeriod>(at`/forms/${form}/periods/${period}`),
  returnHistory: (form: string, period: string, e: string) => get<T.ReturnHistory>(returns(form, period, e)),
  saveDraft: (form: string, period: string, e: string, b: { cells: Record<string, string>; based_on: number }) =>
    ask<{ saved_at: string; faults?: T.Fault[] }>("PUT", url(`${returns(form, period, e)}/draft`), b),
  submitReturn: (form: string, period: string, e: string, b: SubmitBody) =>
    post<T.Receipt>(`${returns(form, period, e)}/submit`, b),
  judgeReturn: (form: string, period: string, e: string, act: "accept" | "return" | "lock", reason?: string) =>
    post<T.Receipt>(`${returns(form, period, e)}/${act}`, act === "return" ? { reason } : {}),
  workbook: (form: string, period: string, enterprise?: string) =>
    url(at`/forms/${form}/periods/${period}/workbook`, { enterprise }),
  importReturns: (form: string, period: string, file: Blob) =>
    upload<T.Imported>(at`/forms/${form}/periods/${period}/workbook`, file),

  ledgers: () => get<T.LedgerEntry[]>("/ledgers"),
  ledger: (type: string, q: Query) => get<T.RecordPage>(at`/ledgers/${type}`, q),
  record: (type: string, id: string) => get<T.RecordDetail>(at`/ledgers/${type}/records/${id}`),
  makeRecord: (type: string, b: { step: string; values: T.Values; effective_on?: string }) =>
    post<T.LedgerRecord>(at`/ledgers/${type}/records`, b),
  takeStep: (type: string, id: string, step: string, b: StepBody) =>
    post<T.LedgerRecord>(at`/ledgers/${type}/records/${id}/steps/${step}`, b),
  correct: (type: string, id: string, b: { values: T.Values; based_on: number; reason: string }) =>
    post<T.LedgerRecord>(at`/ledgers/${type}/records/${id}/correct`, b),
  importLedger: (type: string, file: Blob) => upload<T.Imported>(at`/ledgers/${type}/import`, file),
  upload: (file: Blob) => upload<T.FileInfo>("/files", file),
  file: (digest: string, ref?: string) => url(at`/files/${digest}`, { ref }),

  indicators: () => get<T.Indicator[]>("/indicators"),
  figure: (code: string, q: Query) => get<T.Figure>(at`/figures/${code}`, q),
  facts: (code: string, q: Query) => get<T.FactPage>(at`/figures/${code}/facts`, q),
  history: (code: string, q: Query) => get<{ points: T.Point[] }>(at`/figures/${code}/history`, q),
  breakdown: (code: string, q: Query) => get<T.Breakdown>(at`/figures/${code}/breakdown`, q),
  differences: (code: string, q: Query) => get<T.Differences>(at`/figures/${code}/differences`, q),
  fact: (ref: string) => get<T.FactDetail>("/facts", { ref }),

  given: (period: string) => get<{ rows: T.GivenRow[] }>("/given", { period }),
  give: (b: T.GivenInput) => post<T.GivenRow>("/given", b),
  givenRequest: (provider: string, period: string) => get<T.GivenRequest>("/given/request", { provider, period }),
  givenLetter: (provider: string, period: string) => url("/given/request.docx", { provider, period }),

  reports: () => get<(T.Label & { code: string })[]>("/reports"),
  report: (code: string, q: Query) => get<T.Report>(at`/reports/${code}`, q),
  reportFile: (code: string, kind: string, q: Query) => url(`${at`/reports/${code}`}/file.${kind}`, q),
  issues: (code: string) => get<T.Issue[]>(at`/reports/${code}/issues`),
  issue: (code: string, b: { period: string; as_of: string; number: string }) => post<T.Issue>(at`/reports/${code}/issues`, b),
  issueFile: (id: string) => url(at`/issues/${id}/file.docx`),
  issueDiff: (id: string) => get<T.IssueDiff>(at`/issues/${id}/diff`),
  reproduce: (id: string) => post<T.Reproduction>(at`/issues/${id}/reproduce`),

  audit: (q: Query) => get<T.AuditPage>("/audit", q),
  accounts: () => get<T.Account[]>("/accounts"),
  makeAccount: (b: { login: string; name: string; phone?: string }) => post<{ password: string }>("/accounts", b),
  grant: (id: string, b: { roles: string[]; posts: string[]; reach: T.Me["reach"]; reason: string; based_on: number }) =>
    post<void>(at`/accounts/${id}/grant`, b),
  resetAccount: (id: string) => post<{ password: string }>(at`/accounts/${id}/reset`),
  setAccountState: (id: string, state: string) => post<void>(at`/accounts/${id}/state`, { state }),
  catalogue: () => get<T.Catalogue>("/catalogue"),
};

export interface SubmitBody {
  cells: Record<string, string>;
  based_on: number;
  reason?: string;
  fill_for?: { informant: string; how: string; evidence: string[] };
}
export interface StepBody {
  values: T.Values;
  based_on: number;
  reason?: string;
  paper?: string[];
  effective_on?: string;
}
