/** The panel's hashed file name, baked into the loader by the build. */
declare const PANEL_FILE: string;

declare module '*.css' {
  const text: string;
  export default text;
}
