import { SearchOutlined } from "@ant-design/icons";
import { Modal } from "antd";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { Hit, Me } from "../../api/types";
import { useApi } from "../../api/use";
import { useLater } from "../../lib/use";
import { useOpener } from "../../parts/opener";
import { type Key, useText } from "../../text";
import { PageIcon } from "./icons";

/** CommandBar goes anywhere: a page, an enterprise, a record; an indicator opens as a card over the page. */
export function CommandBar({ open, onClose, me }: { open: boolean; onClose: () => void; me: Me }) {
  const { t, name } = useText();
  const go = useNavigate();
  const opener = useOpener();
  const input = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState("");
  const asked = useLater(q.trim(), 150);
  const [on, setOn] = useState(0);
  const found = useApi("search", [asked], { on: open && asked !== "", keep: true });

  const hits = useMemo(() => {
    const words = q.trim().toLowerCase();
    const pages: Hit[] = me.menu.flatMap((g) =>
      g.items
        .filter((i) => !words || `${i.name} ${i.en ?? ""}`.toLowerCase().includes(words))
        .map((i) => ({ kind: "page", title: name(i), sub: name(g), path: i.path })),
    );
    const others =
      asked && words ? (found.data?.hits ?? []).filter((h) => h.kind !== "page" && !pages.some((p) => p.path === h.path)) : [];
    return words ? [...others, ...pages] : pages;
  }, [q, asked, found.data, me.menu, name]);
  const kinds = [...new Set(hits.map((h) => h.kind))];
  const flat = kinds.flatMap((k) => hits.filter((h) => h.kind === k));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found starts at its head
  useEffect(() => setOn(0), [q, flat.length]);
  useEffect(() => {
    if (open) setTimeout(() => input.current?.select(), 50);
  }, [open]);

  const choose = (h?: Hit) => {
    if (!h) return;
    onClose();
    const code = h.kind === "indicator" ? /^\/figures\/([^/?]+)$/.exec(h.path)?.[1] : undefined;
    if (code) opener.figure({ code: decodeURIComponent(code) });
    else go(h.path);
  };
  const key = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      setOn((n) => (n + (e.key === "ArrowDown" ? 1 : -1) + flat.length) % Math.max(flat.length, 1));
    } else if (e.key === "Enter") choose(flat[on]);
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={600}
      style={{ top: "12vh" }}
      className="command"
      title={null}
      destroyOnHidden
      aria-label={t("shell.search")}
    >
      <div className="command-input">
        <SearchOutlined aria-hidden />
        <input
          ref={input}
          value={q}
          onChange={(e) => setQ(e.target.value)}
          onKeyDown={key}
          placeholder={t("command.hint")}
          role="combobox"
          aria-expanded={flat.length > 0}
          aria-controls="command-list"
          aria-activedescendant={flat[on] ? `hit-${on}` : undefined}
          aria-label={t("shell.search")}
          autoComplete="off"
        />
        <kbd>Esc</kbd>
      </div>
      <div className="command-list" id="command-list" role="listbox" aria-label={t("shell.search")}>
        {flat.map((h, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the keys
          <div
            key={`${h.kind}${h.path}${h.title}`}
            id={`hit-${i}`}
            role="option"
            aria-selected={i === on}
            tabIndex={-1}
            className={`command-hit ${i === on ? "on" : ""}`}
            onMouseMove={() => setOn(i)}
            onClick={() => choose(h)}
            ref={(el) => (i === on ? el?.scrollIntoView?.({ block: "nearest" }) : undefined)}
          >
            <PageIcon path={h.path} />
            <span className="grow ellipsis">{h.title}</span>
            <span className="cap ellipsis" style={{ maxWidth: 220 }}>
              {h.sub}
            </span>
            <span className="cap nowrap">{t(`hit.${h.kind}` as Key) || h.kind}</span>
          </div>
        ))}
        {flat.length === 0 && (
          <p className="soft" style={{ padding: "16px 14px" }}>
            {found.isFetching ? t("state.loading") : t("command.none", { q })}
          </p>
        )}
      </div>
      <div className="command-foot" aria-hidden>
        <span>{t("command.keys")}</span>
      </div>
    </Modal>
  );
}
