import { createContext, useContext } from "react";
import type { FigureAt } from "../lib/trail";

/** Opener opens a drawer over whatever page is shown; the shell gives the true one. */
export interface Opener {
  figure: (at: Partial<FigureAt> & { code: string }) => void;
  fact: (ref: string) => void;
  record: (type: string, id: string) => void;
}
export const OpenerContext = createContext<Opener>({ figure: () => {}, fact: () => {}, record: () => {} });
export const useOpener = () => useContext(OpenerContext);
