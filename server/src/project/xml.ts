import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import { PROJECT_SIZE_LIMIT } from './build-settings.ts';

/**
 * Parses the XML of a project file. Entities other than the five of XML itself are not defined, document types
 * are skipped, nothing is fetched. What is wrong comes back as half a sentence.
 */
export function readXml(text: string): { readonly root: XmlElement } | { readonly problem: string } {
  if (text.length > PROJECT_SIZE_LIMIT) return { problem: 'it is larger than 1 MB' };
  try {
    const { root } = parseXml(text.replace(/^\uFEFF/, '').trimStart());
    return root ? { root } : { problem: 'it has no root element' };
  } catch (error) {
    if (error instanceof XmlError) return { problem: `its XML is broken at line ${error.line}` };
    if (error instanceof RangeError) return { problem: 'its elements are nested too deeply' };
    throw error;
  }
}

export const childElements = (element: XmlElement): XmlElement[] =>
  element.children.filter((child) => child instanceof XmlElement);
