import { Alert } from "antd";
import type { Problem } from "../api/client";

/** Faults says what the server refused, all of it, each with its place. */
export function Faults({ problem, error }: { problem?: Problem; error?: Error | null }) {
  const message = problem?.message ?? error?.message;
  if (!message) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={message}
      description={
        problem && problem.faults.length > 0 ? (
          <ul>
            {problem.faults.map((f) => (
              <li key={f.place + f.message}>
                {f.place && <strong>{f.place} </strong>}
                {f.message}
              </li>
            ))}
          </ul>
        ) : undefined
      }
    />
  );
}
