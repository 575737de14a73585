import type { ReactNode } from "react";

/** Scroll lets what is too wide scroll inside its own box, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll-x" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
