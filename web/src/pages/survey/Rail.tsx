import { App, Button, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import type { Fault, FormDef, FormPeriod, ReturnRow } from "../../api/types";
import { useApi } from "../../api/use";
import { State } from "../../parts/State";
import { Timeline } from "../../parts/Timeline";
import { useOpener } from "../../parts/opener";
import { useText } from "../../text";
import { isOpen, stateTone } from "./state";

interface Props {
  def: FormDef;
  data: FormPeriod;
  row: ReturnRow;
  faults: Fault[];
  locked: boolean;
  clerk: boolean; // fills in for enterprises
  reviewer: boolean;
  locker: boolean;
  writes: boolean;
  onItem: (code: string) => void;
  onUnlock: () => void;
  onSubmit: () => void;
  onJudged: () => void;
}

/** Rail stands beside the grid and tells about the return in which the cursor is. */
export function Rail(p: Props) {
  const { t } = useText();
  const open = useOpener();
  const { row } = p;
  const history = useApi("returnHistory", [p.data.form, p.data.period, row.enterprise], { on: row.version > 0 });
  return (
    <aside className="rail no-print" aria-label={row.name}>
      <div>
        <h2>
          <Link to={`/enterprises/${row.enterprise}`}>{row.name}</Link>
        </h2>
        <div className="cap tab">{row.enterprise}</div>
        <div className="row wrap" style={{ marginTop: 4 }}>
          <State name={t(`return.${row.state}`)} tone={stateTone(row.state)} />
          {row.late && <span className="late cap">{t("survey.daysLate", { n: row.days_late ?? 0 })}</span>}
        </div>
        {row.filled_by && <p className="cap">{t("survey.filledBy", { name: row.filled_by })}</p>}
        {row.contact && <p className="cap">{t("survey.contact", { who: row.contact })}</p>}
      </div>
      <Actions {...p} />
      {p.faults.length > 0 && (
        <section>
          <h3>{t("grid.margin")}</h3>
          <ul className="faults">
            {p.faults.map((f) => (
              <li key={f.code + f.message} className={f.level}>
                <span className="cap">{t(f.level === "hard" ? "fault.hard" : "fault.ask")}</span> {f.message}
                {f.items?.map((code) => {
                  const item = p.def.items.find((i) => i.code === code);
                  return item ? (
                    <button key={code} type="button" className="link" onClick={() => p.onItem(code)}>
                      {item.name}
                    </button>
                  ) : null;
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!!history.data?.versions.length && (
        <section>
          <h3>{t("version.title")}</h3>
          <Timeline
            of={history.data.versions}
            now={row.version}
            action={(v) =>
              v.ref && (
                <button type="button" className="link" onClick={() => open.fact(v.ref)}>
                  {t("version.open")}
                </button>
              )
            }
          />
        </section>
      )}
    </aside>
  );
}

function Actions({ data, row, locked, clerk, reviewer, locker, writes, faults, onUnlock, onSubmit, onJudged }: Props) {
  const { t } = useText();
  const { message } = App.useApp();
  const [reason, setReason] = useState<string>();
  const [busy, setBusy] = useState(false);
  const judge = async (act: "accept" | "return" | "lock") => {
    setBusy(true);
    try {
      await api.judgeReturn(data.form, data.period, row.enterprise, act, reason?.trim());
      setReason(undefined);
      onJudged();
    } catch (e) {
      message.error((e as Error).message);
    } finally {
      setBusy(false);
    }
  };
  if (reason !== undefined) {
    return (
      <div className="stack" style={{ gap: 8 }}>
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2 }}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          placeholder={t("survey.returnWhy")}
          aria-label={t("survey.returnWhy")}
        />
        <div className="row">
          <Button danger disabled={!reason.trim()} loading={busy} onClick={() => judge("return")}>
            {t("survey.return")}
          </Button>
          <Button onClick={() => setReason(undefined)}>{t("form.cancel")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="row wrap">
      {!locked && (
        <Button type="primary" onClick={onSubmit} disabled={faults.some((f) => f.level === "hard")}>
          {t(clerk ? "survey.fillFor" : "survey.submit")}
        </Button>
      )}
      {reviewer && row.state === "submitted" && (
        <>
          <Button type="primary" loading={busy} onClick={() => judge("accept")}>
            {t("survey.accept")}
          </Button>
          <Button danger onClick={() => setReason("")}>
            {t("survey.return")}
          </Button>
        </>
      )}
      {locker && row.state === "accepted" && (
        <Button loading={busy} onClick={() => judge("lock")}>
          {t("survey.lock")}
        </Button>
      )}
      {writes && locked && !isOpen(row) && row.state !== "locked" && <Button onClick={onUnlock}>{t("survey.correct")}</Button>}
      {row.state === "locked" && <p className="cap">{t("survey.lockedWhy")}</p>}
    </div>
  );
}
