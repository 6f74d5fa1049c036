#include <ndis.h>

static NDIS_HANDLE FilterHandle;

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

    return NdisFRegisterFilterDriver(DriverObject, NULL, &table, &FilterHandle);
}
