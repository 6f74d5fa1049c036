export const markdownToText = (markdown: string): string => markdown;
