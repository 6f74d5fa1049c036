#include <ndis.h>

// The other arm has the handler, and keeps it.
NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsTest)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};

    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.FriendlyName = g_FriendlyName;
    chars.UniqueName = g_UniqueName;
    chars.ServiceName = g_ServiceName;
    chars.AttachHandler = LwfAttach;
    chars.DetachHandler = LwfDetach;
    chars.RestartHandler = LwfRestart;
    chars.PauseHandler = LwfPause;
    if (IsTest)
        chars.PauseHandler = LwfPause;
    else
        return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    return NDIS_STATUS_FAILURE;
}
