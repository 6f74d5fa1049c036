#include <ndis.h>

FILTER_SET_MODULE_OPTIONS LwfSetModuleOptions;

NDIS_STATUS LwfSetModuleOptions(NDIS_HANDLE FilterModuleContext)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS partial = {0};

    partial.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    partial.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.Header.Size = NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.SendNetBufferListsHandler = LwfSend;
    return NdisSetOptionalHandlers(FilterHandleOf(FilterModuleContext), (PNDIS_DRIVER_OPTIONAL_HANDLERS)&partial);
}
