import { MenuOutlined, RightOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Drawer, Dropdown } from "antd";
import { Suspense, useEffect, useState } from "react";
import { Link, Navigate, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { api } from "../../api/client";
import type { Me } from "../../api/types";
import { queries, useApi } from "../../api/use";
import { Failed, Loading } from "../../parts/States";
import { useText } from "../../text";
import { CommandBar } from "./CommandBar";
import { Drawers } from "./Drawers";
import { PageIcon } from "./icons";
import { MeContext } from "./me";
import "./shell.css";

/** Shell is what stands around every page: menu, header, search, drawers. */
export function Shell() {
  const me = useApi("me", []);
  const place = useLocation();
  if (me.error && !me.data) return <Failed error={me.error} retry={me.refetch} />;
  if (!me.data) return <Loading />;
  if (me.data.must_change) return <Navigate to="/login?change=1" replace />;
  if (place.pathname === "/" && me.data.home && me.data.home !== "/" && !inMenu(me.data, "/"))
    return <Navigate to={me.data.home} replace />;
  return (
    <MeContext.Provider value={me.data}>
      <Frame me={me.data} />
    </MeContext.Provider>
  );
}

const inMenu = (me: Me, path: string) => me.menu.some((g) => g.items.some((i) => i.path === path));

/** landing is the page of a person's role; when this release has no such page, the first of the menu. */
export function landing(me: Me): string {
  const paths = me.menu.flatMap((g) => g.items.map((i) => i.path));
  const near = paths.some((p) => me.home === p || (p !== "/" && me.home.startsWith(`${p}/`)));
  return me.home && near ? me.home : (paths[0] ?? "/login?change=1");
}

function Frame({ me }: { me: Me }) {
  const { t } = useText();
  const [menu, setMenu] = useState(false);
  const [search, setSearch] = useState(false);
  const place = useLocation();
  const moving = useNavigation().state === "loading";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setMenu(false), [place.pathname]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      const typing = (e.target as HTMLElement).closest?.("input,textarea,select,[contenteditable]");
      if (((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k") || (e.key === "/" && !typing && !e.ctrlKey)) {
        e.preventDefault();
        setSearch(true);
      }
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, []);
  return (
    <Drawers>
      <div className="shell">
        <a className="skip" href="#main">
          {t("shell.skip")}
        </a>
        <aside className="side">
          <Menu me={me} />
        </aside>
        <Drawer
          open={menu}
          onClose={() => setMenu(false)}
          placement="left"
          size={232}
          closable={false}
          styles={{ body: { padding: 0, background: "#14283C" } }}
          title={null}
        >
          <Menu me={me} />
        </Drawer>
        <div className="main">
          <header className="top">
            <Button
              className="top-menu"
              type="text"
              icon={<MenuOutlined />}
              aria-label={t("shell.menu")}
              onClick={() => setMenu(true)}
            />
            <strong className="ellipsis top-office">{me.county.office}</strong>
            {me.demo && <span className="tag gold">{t("shell.demo")}</span>}
            {window.location.protocol === "http:" && !/^(localhost|127\.|\[::1\])/.test(window.location.hostname) && (
              <span className="cap top-http">{t("shell.http")}</span>
            )}
            <button type="button" className="top-search" aria-label={t("shell.search")} onClick={() => setSearch(true)}>
              <SearchOutlined aria-hidden />
              <span className="grow">{t("shell.search")}</span>
              <kbd>Ctrl K</kbd>
            </button>
            <LangSwitch />
            <Person me={me} />
          </header>
          <main id="main" className={`main-body ${moving ? "moving" : ""}`} tabIndex={-1}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
      <CommandBar open={search} onClose={() => setSearch(false)} me={me} />
    </Drawers>
  );
}

function Menu({ me }: { me: Me }) {
  const { t } = useText();
  const { pathname } = useLocation();
  const paths = me.menu.flatMap((g) => g.items.map((i) => i.path));
  const here = paths
    .filter((p) => pathname === p || (p !== "/" && pathname.startsWith(`${p.split("?")[0]}/`)))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <nav aria-label={t("shell.menu")} className="menu">
      <Link to="/" className="brand">
        <img src="/mark.svg" alt="" width={22} height={22} />
        {t("app.name")}
      </Link>
      {me.menu.map((g) => (
        <MenuPart key={g.group} of={g} here={here} />
      ))}
    </nav>
  );
}

/** MenuPart folds when it is long; the part in which one is stays open. */
function MenuPart({ of: g, here }: { of: Me["menu"][number]; here?: string }) {
  const { name } = useText();
  const inside = g.items.some((i) => i.path === here);
  const key = `gongmai.menu.${g.group}`;
  const [open, setOpen] = useState(() => (localStorage.getItem(key) ?? (g.items.length <= 5 ? "1" : "0")) === "1");
  const shown = open || inside;
  const fold = () => {
    localStorage.setItem(key, open ? "0" : "1");
    setOpen(!open);
  };
  return (
    <section>
      <h2>
        <button type="button" className="fold" aria-expanded={shown} onClick={fold}>
          <span className="grow">{name(g)}</span>
          {!shown && <span className="tab">{g.items.length}</span>}
          <RightOutlined className={shown ? "folded open" : "folded"} aria-hidden />
        </button>
      </h2>
      {shown && (
        <ul>
          {g.items.map((i) => (
            <li key={i.path}>
              <Link
                to={i.path}
                className={i.path === here ? "item here" : "item"}
                aria-current={i.path === here ? "page" : undefined}
              >
                <PageIcon path={i.path} />
                <span className="grow ellipsis" title={name(i)}>
                  {name(i)}
                </span>
                {!!i.badge && <span className="badge tab">{i.badge}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function LangSwitch() {
  const { t, lang, setLang } = useText();
  return (
    <Button type="text" size="small" lang={lang === "zh" ? "en" : "zh-CN"} onClick={() => setLang(lang === "zh" ? "en" : "zh")}>
      {t("lang.other")}
    </Button>
  );
}

function Person({ me }: { me: Me }) {
  const { t } = useText();
  const go = useNavigate();
  const leave = async () => {
    await api.logout();
    queries.clear();
    go("/login");
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "password", label: t("shell.password"), onClick: () => go("/login?change=1") },
          { key: "leave", label: t("shell.leave"), onClick: leave },
        ],
      }}
    >
      <button type="button" className="plain person" aria-label={me.name}>
        <i aria-hidden className="face">
          {me.name.slice(0, 1)}
        </i>
        <span className="person-name">{me.name}</span>
      </button>
    </Dropdown>
  );
}
