import {
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BookOutlined,
  FileTextOutlined,
  FormOutlined,
  FundOutlined,
  HomeOutlined,
  InboxOutlined,
  LineChartOutlined,
  ProfileOutlined,
  TableOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

/** One icon for each kind of page; the menu itself comes from the server. */
const kinds: Record<string, ComponentType> = {
  "": HomeOutlined,
  enterprises: BankOutlined,
  survey: TableOutlined,
  mine: FormOutlined,
  ledgers: BookOutlined,
  registers: ProfileOutlined,
  figures: LineChartOutlined,
  reports: FileTextOutlined,
  given: InboxOutlined,
  audit: AuditOutlined,
  accounts: TeamOutlined,
  catalogue: FundOutlined,
};

export function PageIcon({ path }: { path: string }) {
  const Icon = kinds[path.split("/")[1] ?? ""] ?? BarChartOutlined;
  return <Icon aria-hidden />;
}
