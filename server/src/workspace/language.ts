/** C++ by file name; headers count as C++ only when they say so. */
export const languageOf = (uri: string, text: string): 'c' | 'cpp' => {
  if (/\.(?:cpp|cxx|cc|hpp|hxx|hh)$/i.test(uri)) return 'cpp';
  return /\.h$/i.test(uri) && /^[ \t]*(?:class|namespace|template)[\s<{:]/m.test(text) ? 'cpp' : 'c';
};
