/** The shapes of the API. Decimals are strings, days 2025-11-22, instants RFC 3339 in UTC. */

export interface Label {
  name: string;
  en?: string;
}
export type Values = Record<string, unknown>;

export interface Me {
  id: string;
  name: string;
  roles: string[];
  posts: string[];
  rights: string[];
  reach: { county?: boolean; parks?: string[]; enterprises?: string[] };
  home: string;
  must_change: boolean;
  county: { code: string; name: string; short_name: string; office: string };
  demo: boolean;
  today: string;
  stat_period: string;
  menu: { group: string; name: string; en?: string; items: { path: string; name: string; en?: string; badge?: number }[] }[];
}

export interface Task {
  kind: string;
  ref: string;
  kind_name?: string;
  title: string;
  enterprise?: string;
  enterprise_name?: string;
  state: string;
  state_name: string;
  tone?: string;
  due?: string;
  days_left?: number;
  path: string;
}
export interface DeskForm extends Label {
  form: string;
  period: string;
  expected: number;
  received: number;
  accepted: number;
  due: string;
  days_left: number;
}
export interface Desk {
  due: Task[];
  late: Task[];
  waiting: Task[];
  recent: Task[];
  forms: DeskForm[];
  headline: Figure[];
}
export interface Hit {
  kind: string;
  title: string;
  sub?: string;
  path: string;
}

export interface Enterprise {
  code: string;
  name: string;
  short_names?: string[];
  former_names?: string[];
  industry?: string;
  industry_name?: string;
  division?: string;
  region?: string;
  region_name?: string;
  parks?: { code: string; name: string }[];
  status?: string;
  status_name?: string;
  size?: string;
  size_name?: string;
  above_scale?: boolean;
  founded_on?: string;
  address?: string;
}
export interface Point {
  period: string;
  value: string;
}
export interface Subject extends Enterprise {
  memberships?: {
    list: string;
    list_name: string;
    park?: string;
    park_name?: string;
    from_on: string;
    until_on?: string;
    batch?: string;
    ref?: string;
  }[];
  history?: Version[];
  figures?: (Label & { code: string; unit: string; points: Point[]; value: string; period: string })[];
  returns?: { form: string; name?: string; period: string; state: string; version: number }[];
  cases?: {
    type: string;
    type_name: string;
    id: string;
    number: string;
    title: string;
    state: string;
    state_name: string;
    tone?: string;
    on: string;
  }[];
}

export interface Change {
  field: string;
  name: string;
  from: string;
  to: string;
}
export interface Version {
  ref: string;
  version: number;
  state: string;
  state_name: string;
  effective_on?: string;
  recorded_at: string;
  actor: string;
  actor_name: string;
  act: string;
  reason?: string;
  changes?: Change[];
}

export interface Option extends Label {
  code: string;
}
export interface Item extends Label {
  code: string;
  unit: string;
  scale: number;
  column?: string;
  type?: string;
  options?: Option[];
  need?: boolean;
  negative?: boolean;
  indent?: number;
  hint?: string;
}
export interface Check {
  code: string;
  level: string;
  rule: string;
  say: string;
}
export interface FormDef extends Label {
  code: string;
  number?: string;
  authority?: string;
  approval?: string;
  valid_until?: string;
  expired?: boolean;
  copy?: string;
  purpose?: string;
  every?: string;
  periods: string[];
  unit?: string;
  items: Item[];
  checks?: Check[];
}
export interface Fault {
  code: string;
  level: string;
  items?: string[];
  message: string;
}
export interface PlaceFault {
  place: string;
  message: string;
}
export type ReturnState = "missing" | "draft" | "submitted" | "returned" | "accepted" | "locked";
export interface ReturnRow {
  enterprise: string;
  name: string;
  region?: string;
  park?: string;
  state: ReturnState;
  version: number;
  late?: boolean;
  days_late?: number;
  hidden?: boolean; // confidential to the reader
  cells?: Record<string, string>;
  last_month?: Record<string, string>;
  last_year?: Record<string, string>;
  faults?: Fault[];
  filled_by?: string;
  contact?: string;
}
export interface FormPeriod {
  form: string;
  period: string;
  due: string;
  rows: ReturnRow[];
  totals?: Record<string, string>;
  received: number;
  accepted: number;
  expected: number;
  remind?: string;
}
export interface Receipt {
  version: number;
  state: ReturnState;
  faults?: Fault[];
}
export interface ReturnHistory {
  versions: (Version & { cells?: Record<string, string> })[];
  draft?: { cells: Record<string, string>; saved_at?: string };
}
export interface Imported {
  stored: number;
  unchanged: number;
  faults?: PlaceFault[];
}

export interface Field extends Label {
  code: string;
  type: string;
  options?: Option[];
  to?: string;
  unit?: string;
  scale?: number;
  need?: boolean;
  min?: string | null;
  max?: string | null;
  section?: string;
  hint?: string;
}
export interface State extends Label {
  code: string;
  tone?: string;
}
export interface Step extends Label {
  code: string;
  from?: string[] | null;
  to: string;
  need?: string[] | null;
  back?: boolean;
  paper?: boolean;
}
export interface TypeDef extends Label {
  code: string;
  kind?: string;
  office?: string;
  office_name?: string;
  subject?: string;
  title?: string;
  seed?: number[] | null;
  number?: string;
  shared?: boolean;
  fields: Field[];
  states?: State[] | null;
  steps?: Step[] | null;
}
export interface LedgerEntry extends TypeDef {
  records: number;
  open: number;
  late: number;
  first?: boolean;
}
export interface LedgerRecord {
  id: string;
  ref: string;
  number: string;
  title: string;
  enterprise?: string;
  enterprise_name?: string;
  state: string;
  state_name: string;
  tone?: string;
  effective_on: string;
  version: number;
  due?: string;
  late?: boolean;
  values: Values;
  shown?: Record<string, string>;
}
export interface RecordPage {
  type: TypeDef;
  total: number;
  rows: LedgerRecord[];
  totals?: Record<string, string>;
}
export interface OpenStep extends Step {
  allowed: boolean;
  why?: string;
}
export interface FileInfo {
  digest: string;
  name: string;
  size: number;
  media?: string;
}
export interface RecordDetail extends LedgerRecord {
  type?: TypeDef;
  steps?: OpenStep[];
  timeline?: Version[];
  links?: { type: string; type_name: string; id: string; title: string; state_name?: string }[];
  files?: FileInfo[];
}

export interface Indicator extends Label {
  code: string;
  unit: string;
  kind: string;
  accumulate?: string;
  caliber?: string;
  group?: string;
  provider?: string;
  provider_name?: string;
  span?: string;
}
export interface FigurePart {
  code: string;
  name: string;
  value: string;
  text?: string;
  unit: string;
  digest?: string;
  scope?: string;
  period?: string;
}
export interface Figure extends Label {
  code: string;
  value: string;
  text: string;
  unit: string;
  digits?: number;
  kind?: string;
  accumulate?: string;
  source?: string;
  period: string;
  period_text?: string;
  scope: string;
  scope_name?: string;
  known_at?: { seq: number; at?: string };
  caliber?: string;
  stage?: string;
  coverage?: { have: number; want: number };
  missing?: boolean;
  why?: string;
  last_year?: { value: string; text: string };
  change?: { value: string; text: string; direction?: string };
  given?: {
    value: string;
    text?: string;
    provider?: string;
    provider_name?: string;
    date?: string;
    stage?: string;
    document?: string;
    ref?: string;
  };
  records?: { value: string; text?: string };
  formula?: { text: string; filled: string };
  parts?: FigurePart[];
  facts?: { count: number; digest: string };
  sentence?: string;
  warnings?: string[];
}
export interface FactRow {
  ref: string;
  refs?: string[];
  value: string;
  unit?: string;
  sign?: string; // − when it is taken off
  title: string;
  enterprise?: string;
  enterprise_name?: string;
  period?: string;
  state?: string;
  stated_by?: string;
  stated_at?: string;
  act?: string;
  reason?: string;
  note?: string;
  path?: string;
}
export interface FactPage {
  count: number;
  digest: string;
  rows: FactRow[];
  hidden?: number;
}
export interface FactDetail {
  ref: string;
  kind: string;
  kind_name?: string;
  title: string;
  enterprise?: string;
  enterprise_name?: string;
  period?: string;
  field?: { code: string; name: string; unit?: string; value: string };
  version: Version;
  body: { code: string; name: string; unit?: string; value: string; highlight?: boolean }[];
  versions?: Version[];
  document?: { digest?: string; name?: string; title?: string; number?: string; date?: string };
  path?: string;
}
export interface Breakdown {
  rows: { scope: string; name: string; figure: Figure }[];
  suppressed?: number;
}
export interface Differences {
  from: Figure;
  to: Figure;
  changes: {
    ref_before?: string;
    ref_after?: string;
    before: string;
    after: string;
    title: string;
    enterprise_name?: string;
    actor?: string;
    act?: string;
    reason?: string;
    at?: string;
  }[];
}

export interface GivenRow {
  indicator: string;
  name: string;
  unit: string;
  provider: string;
  provider_name: string;
  scope: string;
  period: string;
  value: string;
  stage?: string;
  on?: string;
  document?: string;
  ref?: string;
  state: string;
  version?: number;
}
export interface GivenInput {
  indicator: string;
  scope: string;
  period: string;
  value: string;
  provider: string;
  on: string;
  stage: string;
  document: string;
  files: string[];
  reason?: string;
}
export interface GivenRequest {
  provider: string;
  letter_html: string;
  message_text: string;
  items?: unknown[];
}

export interface ReportFigure {
  id: string;
  n?: number;
  code: string;
  name: string;
  value: string;
  text: string;
  unit: string;
  kind?: string;
  missing?: boolean;
  scope?: string;
  period?: string;
  last_year?: { value: string; text: string };
}
export interface Report {
  code: string;
  title: string;
  period: string;
  stat_period?: string;
  as_of: string;
  known_at?: { seq: number; at?: string };
  html: string;
  figures: ReportFigure[];
  missing: { code: string; name: string; provider?: string; provider_name?: string; why?: string }[];
  warnings?: { rule: string; message: string }[];
  outline?: { id: string; level: number; text: string }[];
}
export interface Issue {
  id: string;
  number: string;
  title: string;
  period: string;
  issued_at: string;
  by: string;
  known_at?: number | { seq: number; at?: string };
  digest: string;
  manifest_digest?: string;
  chain_head?: string;
}
export interface IssueDiff {
  changes: { code: string; name: string; then: string; now: string; why?: string; facts?: unknown[] }[];
}
export interface Reproduction {
  equal: boolean;
  differences?: string[];
}

export interface AuditPage {
  total: number;
  rows: {
    seq: number;
    at: string;
    actor: string;
    actor_name?: string;
    act: string;
    kind?: string;
    record?: string;
    reason?: string;
    hash: string;
  }[];
  chain?: { ok: boolean; head: string };
}
export interface Account {
  id: string;
  login: string;
  name: string;
  phone?: string;
  roles?: string[];
  role_names?: string[];
  posts?: string[];
  reach?: Me["reach"];
  state?: string;
  until?: string;
  grant_version?: number;
  must_change?: boolean;
}
export interface Catalogue {
  editions: { number: number; at: string; actor?: string; digest: string; changed?: string[] }[];
  counts: Record<string, number>;
  override?: { file: string; replaces?: string; base_changed?: boolean }[];
}
