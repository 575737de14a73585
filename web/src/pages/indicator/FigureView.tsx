import { CopyOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { type ReactNode, useEffect } from "react";
import type { Figure as FigureData } from "../../api/types";
import { useApi } from "../../api/use";
import { apart, group, points } from "../../lib/number";
import { clock, say } from "../../lib/period";
import type { FigureAt, Stop } from "../../lib/trail";
import { copy } from "../../lib/use";
import { Delta, Sparkline } from "../../parts/Figure";
import { Await } from "../../parts/States";
import { useText } from "../../text";
import { Differences } from "./Differences";
import { Facts } from "./Facts";

interface Props {
  at: FigureAt;
  onOpen: (stop: Stop) => void;
  onName?: (name: string) => void;
}

/** FigureView is one figure with all it is made of; the drawer and the page both show it. */
export function FigureView({ at, onOpen, onName }: Props) {
  const query = { scope: at.scope, period: at.period, known_at: at.known };
  const asked = useApi("figure", [at.code, query]);
  const { name } = useText();
  const label = asked.data && name(asked.data);
  useEffect(() => {
    if (label) onName?.(label);
  });
  return (
    <Await of={asked} rows={10}>
      {(f) => (
        <div className="stack figure-view">
          <Head of={f} at={at} />
          <Definition of={f} />
          <Beside of={f} onOpen={onOpen} />
          <Parts of={f} at={at} onOpen={onOpen} />
          <Facts of={f} at={at} onOpen={onOpen} />
          {at.known && <Differences of={f} at={at} onOpen={onOpen} />}
        </div>
      )}
    </Await>
  );
}

function Head({ of, at }: { of: FigureData; at: FigureAt }) {
  const { t, lang, name } = useText();
  const { message } = App.useApp();
  const year = Number((of.period || "").slice(0, 4));
  const history = useApi("history", [of.code, { scope: of.scope, from: year ? String(year - 2) : undefined, to: of.period }], {
    on: !of.missing,
  });
  const { lead, number, unit } = apart(of.text || group(of.value, of.digits));
  const say1 = async () => {
    await copy(of.sentence ?? "");
    message.success(t("figure.copied"));
  };
  return (
    <div className="figure-head">
      <div className="grow">
        <h2>{name(of)}</h2>
        <div className="cap">{[of.period_text || say(of.period, lang), of.scope_name, of.stage].filter(Boolean).join(" · ")}</div>
        <div className="figure-value">
          {of.missing || !of.value ? (
            <span className="fig-chip">{t("figure.missing")}</span>
          ) : (
            <>
              {lead && <span className="fig-lead">{lead}</span>}
              <strong title={`${group(of.value)} ${of.unit}`}>{group(number)}</strong>
              <span className="unit">{unit || of.unit}</span>
            </>
          )}
          <Delta of={of.change} />
        </div>
        {of.why && <p className="note-warn">{of.why}</p>}
        <dl className="facts-line">
          {of.value && !of.missing && <Pair name={t("figure.full")}>{`${group(of.value)} ${of.unit}`}</Pair>}
          {of.last_year?.value && <Pair name={t("figure.lastYear")}>{of.last_year.text || group(of.last_year.value)}</Pair>}
          {of.coverage && (
            <Pair name={t("figure.coverage")}>{t("figure.coverageOf", { have: of.coverage.have, want: of.coverage.want })}</Pair>
          )}
          {of.known_at && (
            <Pair
              name={t("figure.knownAt")}
            >{`${of.known_at.at ? clock(of.known_at.at) : at.known ? clock(at.known) : t("known.now")} #${of.known_at.seq}`}</Pair>
          )}
        </dl>
        {of.warnings?.map((w) => (
          <p key={w} className="note-warn">
            {w}
          </p>
        ))}
      </div>
      <div className="figure-side">
        {history.data && (
          <Sparkline points={points(history.data.points)} width={132} height={44} label={t("figure.trend", { name: name(of) })} />
        )}
        {of.sentence && (
          <Button size="small" icon={<CopyOutlined />} onClick={say1}>
            {t("figure.copySentence")}
          </Button>
        )}
      </div>
      {of.sentence && <p className="sentence">{of.sentence}</p>}
    </div>
  );
}

export const Pair = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Definition({ of }: { of: FigureData }) {
  const { t } = useText();
  if (!of.caliber && !of.formula) return null;
  return (
    <section>
      <h3>{t("lineage.definition")}</h3>
      {of.caliber && <p>{of.caliber}</p>}
      {of.formula && (
        <div className="formula">
          <code>{of.formula.text}</code>
          {of.formula.filled && of.formula.filled !== of.formula.text && <code className="filled">= {of.formula.filled}</code>}
        </div>
      )}
    </section>
  );
}

/** Beside shows a given figure and the counted one next to each other, whichever of them prints. */
function Beside({ of, onOpen }: { of: FigureData; onOpen: (s: Stop) => void }) {
  const { t } = useText();
  const { given, records } = of;
  if (!given && !(records?.value && of.source === "given")) return null;
  const ref = given?.ref;
  return (
    <section>
      <h3>{t("lineage.beside")}</h3>
      <dl className="beside">
        {given && (
          <div className={of.source === "given" ? "prints" : ""}>
            <dt>
              {t("lineage.given")} {of.source === "given" && <em>{t("lineage.prints")}</em>}
            </dt>
            <dd>
              <strong className="tab">{given.text || `${group(given.value)} ${of.unit}`}</strong>
              <span className="cap">
                {[given.provider_name || given.provider, given.date, given.stage, given.document].filter(Boolean).join(" · ")}
              </span>
              {ref && (
                <button type="button" className="link" onClick={() => onOpen({ fact: ref })}>
                  {t("lineage.openSource")}
                </button>
              )}
            </dd>
          </div>
        )}
        {records?.value && (
          <div className={of.source === "records" ? "prints" : ""}>
            <dt>
              {t("lineage.counted")} {of.source === "records" && <em>{t("lineage.prints")}</em>}
            </dt>
            <dd>
              <strong className="tab">{records.text || `${group(records.value)} ${of.unit}`}</strong>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Parts({ of, at, onOpen }: { of: FigureData; at: FigureAt; onOpen: (s: Stop) => void }) {
  const { t } = useText();
  if (!of.parts?.length) return null;
  return (
    <section>
      <h3>{t("lineage.parts", { n: of.parts.length })}</h3>
      <ul className="parts">
        {of.parts.map((p) => (
          <li key={`${p.code}${p.scope ?? ""}${p.period ?? ""}`}>
            <button
              type="button"
              onClick={() =>
                onOpen({
                  figure: {
                    code: p.code,
                    scope: p.scope || of.scope,
                    period: p.period || of.period,
                    known: at.known,
                  },
                })
              }
            >
              <span className="grow ellipsis">{p.name}</span>
              {p.period && p.period !== of.period && <span className="cap">{say(p.period)}</span>}
              <span className="num">
                {p.value === "" ? <span className="fig-chip">{t("figure.missing")}</span> : p.text || group(p.value)}
                {!p.text && <span className="unit">{p.unit}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
