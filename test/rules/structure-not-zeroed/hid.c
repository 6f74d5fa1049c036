#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = 0;
    return HidRegisterMinidriver(&registration);
    //                           ^^^^^^^^^^^^^ warning structure-not-zeroed: 'registration' is passed to 'HidRegisterMinidriver' without being zeroed; unset members hold stack garbage
}
