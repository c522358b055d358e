declare module '*.css'
/** An address the bundler gives to a file. */
declare module '*?url' {
  const url: string
  export default url
}
