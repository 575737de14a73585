import type { ThemeConfig } from "antd";

export const palette = ["#1F62A8", "#2A9D8F", "#D98E04", "#7A5CA8", "#C8553D", "#5B7083"];
export const font = `"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif`;

// hashed: false keeps :where() out of the styles, which Chromium 87 does not know.
export const theme: ThemeConfig = {
  cssVar: { key: "gm" },
  hashed: false,
  token: {
    colorPrimary: "#1F62A8",
    colorInfo: "#1F62A8",
    colorSuccess: "#2B7F4F",
    colorWarning: "#B7630A",
    colorError: "#C62F35",
    colorLink: "#1F62A8",
    colorTextBase: "#18242F",
    colorTextSecondary: "#4B5A69",
    colorTextTertiary: "#627181",
    colorTextDescription: "#5A6978",
    colorTextPlaceholder: "#687585",
    colorTextDisabled: "#66737F",
    colorBgLayout: "#F3F5F8",
    colorBgMask: "rgba(20, 40, 60, 0.28)",
    colorBorder: "#D3DAE2",
    colorBorderSecondary: "#E6EAEF",
    fontFamily: font,
    fontSize: 14,
    borderRadius: 4,
    borderRadiusLG: 4,
    controlHeight: 30,
    wireframe: false,
    motionDurationMid: "0.12s",
    motionDurationSlow: "0.18s",
  },
  components: {
    Table: {
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 10,
      headerBg: "#F0F3F7",
      headerColor: "#384858",
      rowHoverBg: "#F2F7FC",
      borderColor: "#E6EAEF",
      headerBorderRadius: 0,
    },
    Form: { itemMarginBottom: 24, verticalLabelPadding: "0 0 4px" },
    Drawer: { paddingLG: 16 },
    Segmented: { itemSelectedColor: "#1F62A8", trackBg: "#E9EDF2" },
    Tabs: { horizontalMargin: "0" },
  },
};
