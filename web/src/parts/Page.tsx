import { type ReactNode, useEffect } from "react";
import { useText } from "../text";
import "./page.css";

/** Page is the head and body that every page shares; fill makes the body take the height that is left and scroll inside; bare leaves the head off the paper. */
export function Page({
  title,
  sub,
  extra,
  fill,
  bare,
  children,
}: {
  title: string;
  sub?: ReactNode;
  extra?: ReactNode;
  fill?: boolean;
  bare?: boolean;
  children: ReactNode;
}) {
  const { t } = useText();
  useEffect(() => {
    document.title = title ? `${title} · ${t("app.name")}` : t("app.name");
  }, [title, t]);
  return (
    <div className={["page", fill && "page-fill", bare && "page-bare"].filter(Boolean).join(" ")}>
      <div className="page-head">
        <h1>{title}</h1>
        {sub && <div className="page-sub">{sub}</div>}
        {extra && <div className="page-extra">{extra}</div>}
      </div>
      {children}
    </div>
  );
}

/** Panel is one sheet of a page. */
export function Panel({
  title,
  extra,
  flush,
  children,
  className,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  flush?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`panel ${className ?? ""}`}>
      {(title || extra) && (
        <header>
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      {flush ? children : <div className="body">{children}</div>}
    </section>
  );
}
