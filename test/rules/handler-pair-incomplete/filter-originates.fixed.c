#include <ndis.h>
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE LwfSendNetBufferListsComplete;

static NDIS_HANDLE FilterHandle;

VOID LwfSend(NDIS_HANDLE Filter, PNET_BUFFER_LIST List)
{
    NdisFSendNetBufferLists(Filter, List, NDIS_DEFAULT_PORT_NUMBER, 0);
}

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    table.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    table.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    table.MajorNdisVersion = 6;
    table.MinorNdisVersion = 30;
    table.FriendlyName = g_FriendlyName;
    table.UniqueName = g_UniqueName;
    table.ServiceName = g_ServiceName;
    table.AttachHandler = LwfAttach;
    table.DetachHandler = LwfDetach;
    table.RestartHandler = LwfRestart;
    table.PauseHandler = LwfPause;
    table.SendNetBufferListsCompleteHandler = LwfSendNetBufferListsComplete;

    return NdisFRegisterFilterDriver(DriverObject, NULL, &table, &FilterHandle);
}

_Use_decl_annotations_
VOID LwfSendNetBufferListsComplete(
    _In_ NDIS_HANDLE FilterModuleContext,
    _In_ PNET_BUFFER_LIST NetBufferList,
    _In_ ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);

    // pass the lists on with NdisFSendNetBufferListsComplete
}
