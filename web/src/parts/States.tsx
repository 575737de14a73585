import { InboxOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useText } from "../text";
import "./states.css";

/** Empty says what is not there and what to do about it. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="state">
      <InboxOutlined className="state-icon" aria-hidden />
      <p className="state-title">{title}</p>
      {hint && <p className="soft">{hint}</p>}
      {action}
    </div>
  );
}

/** Failed says what went wrong in the server's own sentence, and what to try. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useText();
  const e = error as { message?: string; id?: string; status?: number };
  return (
    <div className="state" role="alert">
      <WarningOutlined className="state-icon state-bad" aria-hidden />
      <p className="state-title">{e.message || t("state.failed")}</p>
      <p className="soft">{e.status === 403 ? t("state.denied") : t("state.try")}</p>
      {e.id && <p className="cap">{t("state.id", { id: e.id })}</p>}
      {retry && <Button onClick={retry}>{t("state.retry")}</Button>}
    </div>
  );
}

/** Loading keeps the shape of what is coming. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useText();
  return (
    <div className="state-loading" role="status" aria-label={t("state.loading")}>
      <Skeleton
        active
        title={false}
        paragraph={{ rows, width: Array.from({ length: rows }, (_, i) => `${96 - ((i * 17) % 40)}%`) }}
      />
    </div>
  );
}

interface Asked<D> {
  data: D | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}
/** Await shows one of the three states until there is something to show. */
export function Await<D>({ of, rows, children }: { of: Asked<D>; rows?: number; children: (data: D) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Failed error={of.error} retry={() => of.refetch()} />;
  return <Loading rows={rows} />;
}
