import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { queries } from "./api/use";
import { router } from "./routes";
import "./parts/figure.css";
import "./style/base.css";
import "./style/print.css";
import { TextProvider, useText } from "./text";
import { theme } from "./theme";

function Root() {
  const { lang } = useText();
  dayjs.locale(lang === "zh" ? "zh-cn" : "en");
  return (
    <ConfigProvider theme={theme} locale={lang === "zh" ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <AntApp className="app-root">
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

const box = document.getElementById("root");
if (box && document.documentElement.className !== "old-browser") {
  createRoot(box).render(
    <QueryClientProvider client={queries}>
      <TextProvider>
        <Root />
      </TextProvider>
    </QueryClientProvider>,
  );
}
