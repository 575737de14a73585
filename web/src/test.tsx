import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { queries } from "./api/use";

/** show renders a piece as the application would: with its data, its router and its component settings. */
export function show(piece: ReactNode, at = "/") {
  queries.clear();
  return render(
    <QueryClientProvider client={queries}>
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <MemoryRouter initialEntries={[at]}>
          <App>{piece}</App>
        </MemoryRouter>
      </ConfigProvider>
    </QueryClientProvider>,
  );
}
