#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;
FILTER_SET_MODULE_OPTIONS LwfSetModuleOptions;
FILTER_SEND_NET_BUFFER_LISTS LwfSendNetBufferLists;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE LwfSendNetBufferListsComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS LwfReceiveNetBufferLists;
FILTER_RETURN_NET_BUFFER_LISTS LwfReturnNetBufferLists;

static NDIS_HANDLE FilterHandle;

// What every module starts with. The header is left to those who copy it.
NDIS_FILTER_PARTIAL_CHARACTERISTICS DefaultHandlers = {
    {0, 0, 0},
    0,
    LwfSendNetBufferLists,
    LwfSendNetBufferListsComplete,
    NULL,
    LwfReceiveNetBufferLists,
    LwfReturnNetBufferLists
};

static const NDIS_FILTER_PARTIAL_CHARACTERISTICS SendOnly = {
    .SendNetBufferListsHandler = LwfSendNetBufferLists,
    .SendNetBufferListsCompleteHandler = LwfSendNetBufferListsComplete,
};

NDIS_STATUS LwfSetModuleOptions(NDIS_HANDLE FilterModuleContext)
{
    PMS_FILTER filter = (PMS_FILTER)FilterModuleContext;
    NDIS_FILTER_PARTIAL_CHARACTERISTICS handlers;
    BOOLEAN isDemo = FALSE;
    NDIS_STATUS status;

    if (isDemo)
    {
        NdisMoveMemory(&handlers, &DefaultHandlers, sizeof(handlers));
        handlers.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
        handlers.Header.Size = sizeof(handlers);
        handlers.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
        status = NdisSetOptionalHandlers(filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
        if (status != NDIS_STATUS_SUCCESS)
        {
            return status;
        }
    }

    handlers = SendOnly;
    handlers.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    handlers.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    handlers.Header.Size = NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LwfUnload;
    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
}

VOID LwfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
