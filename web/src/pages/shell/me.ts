import { createContext, useContext } from "react";
import type { Me } from "../../api/types";

export const MeContext = createContext<Me | undefined>(undefined);

/** can says whether a person has a right; the server decides again. */
export const can = (me: Me, right: string): boolean => me.rights.includes(right) || me.rights.includes("*");

/** useMe is the person who is logged in; every page inside the shell has one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside the shell");
  return me;
}
