import { useRouteError } from "react-router";
import { Failed } from "../../parts/States";

/** Broken is shown when a page could not be drawn or fetched. */
export function Broken() {
  return <Failed error={useRouteError() ?? {}} retry={() => window.location.reload()} />;
}
