import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import type { Me } from "./api/types";
import { queries } from "./api/use";
import { MeContext } from "./pages/shell/me";

/** clerk is an official who may do the everyday things. */
export const clerk: Me = {
  id: "u1",
  name: "张敏",
  roles: ["official"],
  posts: [],
  rights: ["survey.fill_for", "survey.file", "ledger.write", "given.write"],
  reach: { county: true },
  home: "/",
  must_change: false,
  county: { code: "620724", name: "滨江县", short_name: "滨江", office: "滨江县工业和信息化局" },
  demo: false,
  today: "2025-12-31",
  stat_period: "2025-01..11",
  menu: [],
};

/** show renders a piece as the application would: with its data, its router and its component settings. */
export function show(piece: ReactNode, at = "/", me = clerk) {
  queries.clear();
  return render(
    <QueryClientProvider client={queries}>
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <MemoryRouter initialEntries={[at]}>
          <MeContext.Provider value={me}>
            <App>{piece}</App>
          </MeContext.Provider>
        </MemoryRouter>
      </ConfigProvider>
    </QueryClientProvider>,
  );
}
