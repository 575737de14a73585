import { EditOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import type { Field, OpenStep, RecordDetail, TypeDef } from "../../api/types";
import { sections } from "../../lib/record";
import { useOpener } from "../../parts/opener";
import { State } from "../../parts/State";
import { Timeline } from "../../parts/Timeline";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { CorrectDialog } from "./CorrectDialog";
import { cell } from "./Ledger";
import { StepDialog } from "./StepDialog";

/** RecordView is one record: state and next step, fields by section, evidence, links, and what happened to it. */
export function RecordView({ record: r, type }: { record: RecordDetail; type: TypeDef }) {
  const { t } = useText();
  const open = useOpener();
  const [step, setStep] = useState<OpenStep>();
  const [correct, setCorrect] = useState(false);
  const shown = sections(type.fields.filter((f) => f.type !== "files"));
  return (
    <div className="stack record">
      <div className="record-head">
        <State name={r.state_name} tone={r.tone} />
        {r.number && <span className="tab">{r.number}</span>}
        {r.enterprise && <Link to={`/enterprises/${r.enterprise}`}>{r.enterprise_name || r.enterprise}</Link>}
        {r.due && (
          <span className={r.late ? "late tab" : "soft tab"}>
            {t(r.late ? "record.overdue" : "record.dueOn", { day: r.due })}
          </span>
        )}
        <span className="cap tab">{t("version.n", { n: r.version })}</span>
      </div>
      <Steps steps={r.steps ?? []} onTake={setStep} onCorrect={() => setCorrect(true)} />
      {shown.map(([name, fields]) => (
        <section key={name}>
          {name && <h3>{name}</h3>}
          <dl className="record-fields">
            {fields.map((f) => (
              <Value key={f.code} field={f} record={r} />
            ))}
          </dl>
        </section>
      ))}
      {!!r.files?.length && (
        <section>
          <h3>{t("record.evidence")}</h3>
          <ul className="evidence">
            {r.files.map((f) => (
              <li key={f.digest}>
                <a href={api.file(f.digest, r.ref)} target="_blank" rel="noreferrer">
                  {f.media?.startsWith("image/") ? (
                    <img src={api.file(f.digest, r.ref)} alt={f.name} loading="lazy" />
                  ) : (
                    <PaperClipOutlined aria-hidden />
                  )}
                  <span className="ellipsis">{f.name}</span>
                </a>
                <span className="cap tab">{size(f.size)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {!!r.links?.length && (
        <section>
          <h3>{t("record.links")}</h3>
          <ul className="record-links">
            {r.links.map((l) => (
              <li key={`${l.type}${l.id}`}>
                <span className="cap nowrap">{l.type_name}</span>
                <button
                  type="button"
                  className="link grow ellipsis"
                  onClick={() => open.record(l.type.replace(/^ledger:/, ""), l.id)}
                >
                  {l.title}
                </button>
                <span className="soft nowrap">{l.state_name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {!!r.timeline?.length && (
        <section>
          <h3>{t("record.timeline")}</h3>
          <Timeline
            of={r.timeline}
            action={(v) =>
              v.ref && (
                <button type="button" className="link no-print" onClick={() => open.fact(v.ref)}>
                  {t("version.open")}
                </button>
              )
            }
          />
        </section>
      )}
      {step && <StepDialog record={r} type={type} step={step} onClose={() => setStep(undefined)} />}
      {correct && <CorrectDialog record={r} type={type} onClose={() => setCorrect(false)} />}
    </div>
  );
}

/** Steps shows the one next step first; what may not be done yet stands there with its reason. */
function Steps({ steps, onTake, onCorrect }: { steps: OpenStep[]; onTake: (s: OpenStep) => void; onCorrect: () => void }) {
  const { t, name } = useText();
  const me = useMe();
  const first = steps.find((s) => s.allowed && !s.back);
  const waiting = steps.filter((s) => !s.allowed && s.why);
  return (
    <div className="record-steps no-print">
      <div className="row wrap">
        {steps
          .filter((s) => s.allowed)
          .sort((a, b) => Number(b === first) - Number(a === first))
          .map((s) => (
            <Button key={s.code} type={s === first ? "primary" : "default"} danger={s.back} onClick={() => onTake(s)}>
              {name(s)}
            </Button>
          ))}
        {waiting.map((s) => (
          <Button key={s.code} disabled>
            {name(s)}
          </Button>
        ))}
        {can(me, "ledger.write") && (
          <Button type="text" icon={<EditOutlined />} onClick={onCorrect}>
            {t("record.correct")}
          </Button>
        )}
      </div>
      {waiting.map((s) => (
        <p key={s.code} className="cap">
          {t("record.notYet", { step: name(s), why: s.why ?? "" })}
        </p>
      ))}
    </div>
  );
}

function Value({ field: f, record }: { field: Field; record: RecordDetail }) {
  const { t, name } = useText();
  const v = cell(record, f);
  return (
    <div className={f.type === "note" || v.length > 24 ? "wide" : ""}>
      <dt>{name(f)}</dt>
      <dd className={f.type === "number" ? "tab" : ""}>
        {v || <span className="none">{t("value.none")}</span>}
        {v && f.type === "number" && <span className="unit">{f.unit}</span>}
      </dd>
    </div>
  );
}

const size = (n: number) => (n >= 1 << 20 ? `${(n / (1 << 20)).toFixed(1)} MiB` : `${Math.max(1, Math.round(n / 1024))} KiB`);
