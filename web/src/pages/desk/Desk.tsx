import { Progress } from "antd";
import { Link } from "react-router";
import type { DeskForm, Figure as FigureData, Task } from "../../api/types";
import { useApi } from "../../api/use";
import { say } from "../../lib/period";
import { Delta, Figure } from "../../parts/Figure";
import { Page, Panel } from "../../parts/Page";
import { Await } from "../../parts/States";
import { State } from "../../parts/State";
import { useText } from "../../text";
import { useMe } from "../shell/me";
import "./desk.css";

/** The desk (工作台): what is due, late, waiting for me, and how the returns stand. */
export function Component() {
  const { t, lang } = useText();
  const me = useMe();
  const asked = useApi("desk", []);
  return (
    <Page
      title={t("desk.title")}
      sub={<span className="tab">{`${me.today} · ${t("desk.stat", { period: say(me.stat_period, lang) })}`}</span>}
    >
      <Await of={asked} rows={12}>
        {(d) => (
          <>
            {d.headline?.length > 0 && <Strip figures={d.headline} />}
            <div className="desk">
              <div className="stack">
                <Tasks title={t("desk.late")} tasks={d.late} none={t("desk.noLate")} late />
                <Tasks title={t("desk.due")} tasks={d.due} none={t("desk.noDue")} />
                <Tasks title={t("desk.waiting")} tasks={d.waiting} none={t("desk.noWaiting")} />
              </div>
              <div className="stack">
                {d.forms?.length > 0 && (
                  <Panel title={t("desk.forms")} flush>
                    {d.forms.map((f) => (
                      <FormLine key={f.form + f.period} of={f} />
                    ))}
                  </Panel>
                )}
                <Tasks title={t("desk.recent")} tasks={d.recent} none={t("desk.noRecent")} />
              </div>
            </div>
          </>
        )}
      </Await>
    </Page>
  );
}

/** Strip is the row of figures at the head of a page. */
export function Strip({ figures }: { figures: FigureData[] }) {
  const { name } = useText();
  return (
    <ul className="strip">
      {figures.map((f) => (
        <li key={f.code} className="panel">
          <span className="strip-name ellipsis" title={name(f)}>
            {name(f)}
          </span>
          <Figure of={f} large />
          <span className="row strip-foot">
            <span className="cap ellipsis">{[f.period_text, f.stage].filter(Boolean).join(" · ")}</span>
            <Delta of={f.change} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function FormLine({ of }: { of: DeskForm }) {
  const { t, lang, name } = useText();
  const part = of.expected > 0 ? Math.round((of.received / of.expected) * 100) : 0;
  return (
    <Link className="form-line" to={`/survey/${of.form}/${of.period}`}>
      <span className="row">
        <strong className="grow ellipsis">{name(of)}</strong>
        <span className="soft tab nowrap">{say(of.period, lang)}</span>
      </span>
      <Progress
        percent={part}
        showInfo={false}
        size="small"
        strokeColor="#1F62A8"
        aria-label={t("desk.received", { have: of.received, want: of.expected })}
      />
      <span className="row cap tab">
        <span>{t("desk.received", { have: of.received, want: of.expected })}</span>
        <span>{t("desk.accepted", { n: of.accepted })}</span>
        {of.received < of.expected && (
          <span className={`grow num ${of.days_left < 0 ? "late" : ""}`}>{left(of.days_left, of.due, t)}</span>
        )}
      </span>
    </Link>
  );
}

function left(days: number | undefined, due: string | undefined, t: ReturnType<typeof useText>["t"]): string {
  if (days === undefined) return due ?? "";
  if (days < 0) return t("desk.daysLate", { n: -days });
  return days === 0 ? t("desk.today") : t("desk.daysLeft", { n: days });
}

function Tasks({ title, tasks = [], none, late }: { title: string; tasks?: Task[]; none: string; late?: boolean }) {
  const { t } = useText();
  return (
    <Panel title={title} extra={<span className={`tab ${late && tasks.length ? "late" : "soft"}`}>{tasks.length}</span>} flush>
      {tasks.length === 0 ? (
        <p className="desk-none">{none}</p>
      ) : (
        <ul className="tasks">
          {tasks.slice(0, 12).map((k) => (
            <li key={k.ref + k.path}>
              <Link to={k.path} className="grow">
                <span className="ellipsis">{k.title}</span>
                <span className="cap ellipsis">
                  {[k.kind_name, k.enterprise_name !== k.title && k.enterprise_name].filter(Boolean).join(" · ")}
                </span>
              </Link>
              <State name={k.state_name} tone={k.tone} />
              <span className={`cap tab num task-when ${(k.days_left ?? 0) < 0 ? "late" : ""}`}>
                {left(k.days_left, k.due, t)}
              </span>
            </li>
          ))}
          {tasks.length > 12 && <li className="cap">{t("desk.more", { n: tasks.length - 12 })}</li>}
        </ul>
      )}
    </Panel>
  );
}
