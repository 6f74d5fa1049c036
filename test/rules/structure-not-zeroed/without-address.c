#include <ndis.h>

// The `&` is still to be typed: what is passed is an object all the same.
NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_HANDLE FilterHandle)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

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
    return NdisFRegisterFilterDriver(DriverObject, NULL, chars, FilterHandle);
    //                                                   ^^^^^ warning structure-not-zeroed: 'chars' is passed to 'NdisFRegisterFilterDriver' without being zeroed
}
