import { URL, fileURLToPath } from "node:url";

import js from "@eslint/js";
import playwright from "eslint-plugin-playwright";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["node_modules", "test-results", "playwright-report", "screenshots"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [typescript.configs.strictTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL(".", import.meta.url)) } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-console": "error",
    },
  },
  {
    files: ["tests/**/*.ts"],
    extends: [playwright.configs["flat/recommended"]],
    settings: {
      playwright: { globalAliases: { test: ["test"] } },
    },
    rules: {
      // The checks that stand in support/ count too.
      "playwright/expect-expect": ["error", { assertFunctionPatterns: ["^expect[A-Z]", "^open$"] }],
      // Two projects run each test: what differs without scripts is said where it differs.
      "playwright/no-conditional-in-test": "off",
      "playwright/no-conditional-expect": "off",
      "playwright/no-wait-for-timeout": "error",
      "playwright/no-raw-locators": "error",
      "playwright/no-focused-test": "error",
    },
  },
);
