//- driver.c
#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_SET_FILTER_MODULE_OPTIONS FilterSetModuleOptions;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};

    UNREFERENCED_PARAMETER(RegistryPath);
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.FriendlyName = FriendlyName;
    chars.UniqueName = UniqueName;
    chars.ServiceName = ServiceName;
    chars.AttachHandler = FilterAttach;
    chars.DetachHandler = FilterDetach;
    chars.PauseHandler = FilterPause;
    chars.RestartHandler = FilterRestart;
    chars.SetFilterModuleOptionsHandler = FilterSetModuleOptions;
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}

//- send.c
#include <ndis.h>

FILTER_SET_FILTER_MODULE_OPTIONS FilterSetModuleOptions;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE KeepAliveSent;

NDIS_STATUS FilterSetModuleOptions(NDIS_HANDLE FilterModuleContext)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS partial = {0};

    partial.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    partial.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.Header.Size = NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.SendNetBufferListsCompleteHandler = KeepAliveSent;
    return NdisSetOptionalHandlers(FilterModuleContext, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&partial);
}

VOID SendKeepAlive(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists)
{
    NdisFSendNetBufferLists(Filter, Lists, NDIS_DEFAULT_PORT_NUMBER, 0);
}
