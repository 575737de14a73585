import "./state.css";

const tones = ["wait", "work", "done", "stop"];

/** State is a square and a word; the colour never speaks alone. */
export function State({ name, tone }: { name: string; tone?: string }) {
  return (
    <span className="mark">
      <i className={`mark-square mark-${tone && tones.includes(tone) ? tone : "none"}`} aria-hidden />
      {name}
    </span>
  );
}
