#include <ndis.h>

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_HANDLE FilterHandle)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table = {
        .FriendlyName = g_FriendlyName,
        .UniqueName = g_UniqueName,
        .ServiceName = g_ServiceName,
        .AttachHandler = LwfAttach,
        .DetachHandler = LwfDetach,
        .RestartHandler = LwfRestart,
        .PauseHandler = LwfPause,
        .Header = { .Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, // }
                    .Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                    .Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
        .MajorNdisVersion = NDIS_FILTER_MAJOR_VERSION,
        .MinorNdisVersion = NDIS_FILTER_MINOR_VERSION
    };

    return NdisFRegisterFilterDriver(DriverObject, NULL, &table, FilterHandle);
}
