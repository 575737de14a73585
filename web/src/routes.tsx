import { createBrowserRouter } from "react-router";
import { Broken } from "./pages/shell/Broken";
import { NotFound } from "./pages/shell/NotFound";
import { Shell } from "./pages/shell/Shell";

/** Each page is fetched when it is opened. The menu comes from the server; these are the kinds of page. */
export const router = createBrowserRouter([
  { path: "/login", lazy: () => import("./pages/login/Login"), errorElement: <Broken />, HydrateFallback: () => null },
  {
    path: "/",
    element: <Shell />,
    errorElement: <Broken />,
    HydrateFallback: () => null,
    children: [
      {
        errorElement: <Broken />,
        children: [
          { index: true, lazy: () => import("./pages/desk/Desk") },
          { path: "enterprises", lazy: () => import("./pages/enterprise/Enterprises") },
          { path: "enterprises/:code", lazy: () => import("./pages/enterprise/Enterprise") },
          { path: "forms", lazy: () => import("./pages/survey/Forms") },
          { path: "survey", lazy: () => import("./pages/survey/Forms") },
          { path: "survey/:form", lazy: () => import("./pages/survey/Forms") },
          { path: "survey/:form/:period", lazy: () => import("./pages/survey/Survey") },
          { path: "mine", lazy: () => import("./pages/survey/Mine") },
          { path: "ledgers", lazy: () => import("./pages/ledger/Ledgers") },
          { path: "ledgers/:type", lazy: () => import("./pages/ledger/Ledger") },
          { path: "ledgers/:type/:id", lazy: () => import("./pages/ledger/RecordPage") },
          { path: "registers/:type", lazy: () => import("./pages/ledger/Register") },
          { path: "figures", lazy: () => import("./pages/indicator/Indicators") },
          { path: "figures/:code", lazy: () => import("./pages/indicator/Card") },
          { path: "reports", lazy: () => import("./pages/report/Reports") },
          { path: "reports/:code", lazy: () => import("./pages/report/Report") },
          { path: "given", lazy: () => import("./pages/given/Given") },
          { path: "audit", lazy: () => import("./pages/audit/Audit") },
          { path: "accounts", lazy: () => import("./pages/account/Accounts") },
          { path: "catalogue", lazy: () => import("./pages/catalogue/Catalogue") },
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);
