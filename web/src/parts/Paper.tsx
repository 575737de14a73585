import { useEffect, useRef } from "react";
import "./paper.css";

/**
 * Paper shows a document as it prints, centred on grey. The server made the
 * fragment and escaped it; only its figures are live: a.fig[data-code] opens.
 */
export function Paper({ html, onFigure, lit }: { html: string; onFigure: (code: string, id: string) => void; lit?: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const b = box.current;
    if (!b) return;
    const click = (e: Event) => {
      const a = (e.target as HTMLElement).closest<HTMLElement>("a.fig[data-code]");
      if (!a) return;
      e.preventDefault();
      onFigure(a.dataset.code ?? "", a.dataset.id ?? "");
    };
    const key = (e: KeyboardEvent) => e.key === "Enter" && click(e);
    b.addEventListener("click", click);
    b.addEventListener("keydown", key);
    return () => {
      b.removeEventListener("click", click);
      b.removeEventListener("keydown", key);
    };
  }, [onFigure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new fragment has new anchors
  useEffect(() => {
    for (const a of box.current?.querySelectorAll<HTMLElement>("a.fig") ?? []) {
      if (!a.hasAttribute("href")) {
        a.tabIndex = 0;
        a.setAttribute("role", "button");
      }
      a.classList.toggle("lit", lit !== undefined && (a.dataset.id === lit || a.dataset.code === lit));
    }
    if (lit) box.current?.querySelector("a.fig.lit")?.scrollIntoView({ block: "center", behavior: "smooth" });
  }, [html, lit]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made and escaped by our own server, never by a user
  return <div className="paper-desk" ref={box} dangerouslySetInnerHTML={{ __html: html }} />;
}
