#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT DeviceObject;

// The device has no name for applications on purpose, and its routines come from a helper.
NDIS_STATUS RegisterDevice(PUNICODE_STRING DeviceName, PDRIVER_DISPATCH *Routines)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {0};

    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = DeviceName, attributes.SymbolicName = NULL;
#if DBG
    attributes.MajorFunctions = Routines;
#endif

    return NdisRegisterDeviceEx(FilterHandle, &attributes, &DeviceObject, &DeviceHandle);
}

// Members that code out of sight sets are not missing.
NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsNamed)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};

    SetHeader(&chars.Header);
    FillNames(&chars, IsNamed);

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
}
