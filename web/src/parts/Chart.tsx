import { useEffect, useRef } from "react";
import { palette } from "../theme";

export interface ChartData {
  kind: "line" | "bar";
  x: string[];
  series: { name: string; y: (number | null)[]; dashed?: boolean }[];
  unit?: string;
}

/** Chart draws with ECharts, which is fetched when the first chart is shown. */
export function Chart({ of, height = 200, label }: { of: ChartData; height?: number; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let stop = () => {};
    import("./echarts").then(({ init }) => {
      if (gone || !box.current) return;
      const chart = init(box.current, undefined, { renderer: "canvas" });
      chart.setOption(option(of));
      const watch = new ResizeObserver(() => chart.resize());
      watch.observe(box.current);
      stop = () => {
        watch.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      stop();
    };
  }, [of]);
  return <div ref={box} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}

function option(of: ChartData) {
  const across = of.kind === "bar" && of.x.length > 0 && of.series.length === 1 && of.x.some((x) => x.length > 6);
  const names = {
    type: "category",
    data: of.x,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: "#D3DAE2" } },
    axisLabel: { color: "#4B5A69", ...(across ? { width: 120, overflow: "truncate" } : {}) },
    inverse: across,
  };
  const values = {
    type: "value",
    scale: of.kind === "line",
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: "#627181" },
    splitLine: { lineStyle: { color: "#EDF0F4" } },
    name: of.unit,
    nameTextStyle: { color: "#627181", align: "right" },
  };
  return {
    color: palette,
    animationDuration: 200,
    textStyle: { fontFamily: "inherit" },
    grid: { left: 8, right: 16, top: 32, bottom: 4, containLabel: true },
    legend:
      of.series.length > 1 ? { right: 0, top: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: "#4B5A69" } } : undefined,
    tooltip: {
      trigger: "axis",
      confine: true,
      valueFormatter: (v: unknown) => (v == null ? "—" : `${Number(v).toLocaleString("zh-CN")} ${of.unit ?? ""}`),
    },
    xAxis: across ? values : names,
    yAxis: across ? names : values,
    series: of.series.map((s) => ({
      name: s.name,
      type: of.kind,
      data: s.y,
      connectNulls: false,
      symbolSize: 5,
      barMaxWidth: 18,
      lineStyle: s.dashed ? { type: "dashed", width: 1.5 } : { width: 2 },
    })),
  };
}
